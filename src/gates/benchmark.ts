import { z } from 'zod';
import type { CommandResult, Evidence } from '../domain/evidence.ts';
import { type Figure, valueWords } from '../domain/figure.ts';
import { findDoubts } from '../domain/find-doubts.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import type { Verdict } from '../domain/verdict.ts';
import { readRecordedTargets } from './benchmark/read-recorded-targets.ts';
import { chooseCommand } from './parts/choose-command.ts';
import { isApart } from './parts/is-apart.ts';
import { findSteep, judgeFigures, type Limits, listOver, toTable } from './parts/judge-figures.ts';
import { type Reading, readFigures } from './parts/read-figures.ts';
import { toMedians } from './parts/to-medians.ts';

const options = z.strictObject({
  check: z.string().min(1).default('benchmark').describe('The check of the profile that measures.'),
  times: z
    .int()
    .min(1)
    .max(15)
    .default(3)
    .describe('How often each commit is measured, in turn; the medians are compared.'),
  figures: z
    .array(z.string().min(1).max(80))
    .min(1)
    .optional()
    .describe('Names of the figures that count; all when absent. The others are only shown.'),
  maxSlowdown: z
    .number()
    .min(0)
    .max(1_000)
    .default(10)
    .describe('How much worse a figure may become, in percent.'),
  minSpeedup: z
    .number()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe(
      'How many times better the named `figures` must become, each of them; one figure when none is named.',
    ),
  targets: z
    .record(z.string().min(1).max(80), z.number().positive())
    .default({})
    .describe(
      'The most that a figure may be after the change, by its name, such as `p99: 100`: times in milliseconds, all others in their own unit. A benchmark that does not print it fails.',
    ),
  records: z
    .array(z.string().min(1))
    .max(10)
    .default([])
    .describe(
      'Globs of decision records. Where one that the run has written names a higher target under `## Latency targets`, and the figure keeps to it, a person is asked to agree to that.',
    ),
  holdAbove: z
    .number()
    .positive()
    .max(10_000)
    .optional()
    .describe(
      'How much worse a figure may become, in percent, before a person has to look at it. It must be worse in each measurement: what overlaps may be noise.',
    ),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(300_000)
    .describe('How long one measurement may take, in milliseconds.'),
});

/** A shell says 126 when a program cannot be executed and 127 when there is none. */
const NOT_RUNNABLE = [126, 127];

type Side = 'base' | 'head';

/** Measures the base and the head on the same machine, with the command of the base: figures that somebody reports prove nothing. */
export const gate = defineGate({
  name: 'benchmark',
  summary:
    'Runs the benchmark of the base commit before and after the change, and fails when a figure became worse.',
  options,
  alone: true,
  async judge(evidence, given) {
    const choice = await chooseCommand(evidence, given.check);
    switch (choice.kind) {
      case 'nothing':
        return { kind: 'skip', summary: choice.reason };
      case 'not-set-up':
        return { kind: 'skip', summary: `${choice.reason} ${choice.install}` };
      case 'unreadable':
        return broke(choice.reason, 'Correct package.json on the default branch, then start another run.');
      case 'undecided':
        return broke(choice.reason, 'Mend the change.');
      case 'run':
        return await compare(evidence, { ...given, command: choice.command });
    }
  },
});

interface Call extends Limits {
  readonly targets: Readonly<Record<string, number>>;
  readonly records: readonly string[];
  readonly command: string;
  readonly times: number;
  readonly timeoutMs: number;
}

async function compare(evidence: Evidence, call: Call): Promise<Verdict> {
  const measured = await measure(evidence, call);
  if (measured.kind === 'failed') {
    return measured.verdict;
  }
  const figures = toFigures(measured);
  if (figures.every(({ base }) => base === null)) {
    return broke(
      'The benchmark of the base commit prints no figure that could be compared.',
      'Let it print lines like `orders: 12.3 ms`, or a JSON object of numbers in its last line.',
    );
  }
  const { command, times } = call;
  const evidenceText = toTable(figures, { command, times });
  const verdict: Verdict = { ...judgeFigures(figures, call), evidence: evidenceText, figures: [...figures] };
  const steep = findSteep(
    figures.filter((figure) => isApart(figure, measured)),
    call,
  );
  if (steep.length > 0) {
    return { kind: 'hold', summary: `Much slower than before: ${verdict.summary}`, findings: steep };
  }
  const wanted = verdict.kind === 'fail' ? await findWanted(evidence, call, figures) : [];
  if (verdict.kind === 'fail' && wanted.length === 0) {
    return verdict;
  }
  const doubts = await findDoubts(evidence, { command, output: '' });
  const why = [
    ...(wanted.length === 0 ? [] : ['to another target']),
    ...(doubts.length === 0 ? [] : ['that the figures mean something']),
  ];
  return why.length === 0
    ? verdict
    : {
        kind: 'hold',
        summary: `A person must agree ${why.join(', and ')}: ${verdict.summary}`,
        findings: [...wanted, ...doubts],
      };
}

/** Figures that are over their targets, and keep to those that a record wants; none when another fault is left. */
async function findWanted(
  evidence: Evidence,
  call: Call,
  figures: readonly Figure[],
): Promise<readonly Finding[]> {
  const over = listOver(figures, call);
  const recorded = await readRecordedTargets(evidence, call.records, over);
  const raised = Object.fromEntries(recorded.map(({ name, most }) => [name, most]));
  if (judgeFigures(figures, { ...call, targets: { ...call.targets, ...raised } }).kind === 'fail') {
    return [];
  }
  return over.flatMap(({ name, unit, head }) => {
    const { most = null, path = '' } = recorded.find((target) => target.name === name) ?? {};
    const [is, target, wanted] = [head, call.targets[name] ?? null, most].map((value) =>
      valueWords(value, unit),
    );
    const message = `${name} is ${is}, and its target is ${target}; ${path} says why ${wanted} shall hold instead.`;
    return [{ path, message, severity: 'warning' as const }];
  });
}

interface Measured {
  readonly kind: 'measured';
  readonly base: readonly ReadonlyMap<string, Reading>[];
  readonly head: readonly ReadonlyMap<string, Reading>[];
}

/** In turn, and the other way round every second time: what slows the machine down meets both alike. */
async function measure(
  evidence: Evidence,
  { command, times, timeoutMs }: Call,
): Promise<Measured | { readonly kind: 'failed'; readonly verdict: Verdict }> {
  const readings: Record<Side, ReadonlyMap<string, Reading>[]> = { base: [], head: [] };
  for (let round = 0; round < times; round += 1) {
    const order: readonly Side[] = round % 2 === 0 ? ['base', 'head'] : ['head', 'base'];
    for (const side of order) {
      const result = await evidence.run(command, { timeoutMs, on: side });
      const failure = toFailure(result, { command, side });
      if (failure !== null || result.kind !== 'exited') {
        return { kind: 'failed', verdict: failure ?? broke('It did not run.', 'Retry the run.') };
      }
      readings[side].push(readFigures(result.output));
    }
  }
  return { kind: 'measured', ...readings };
}

/** Null when the command ended well. */
function toFailure(
  result: CommandResult,
  { command, side }: { readonly command: string; readonly side: Side },
): Verdict | null {
  if (result.kind === 'unavailable') {
    const { reason: summary, remedy, retriable } = result;
    const failure = broke(`The benchmark could not run: ${summary}`, remedy);
    return retriable === true ? { kind: 'broke', summary: failure.summary, remedy } : failure;
  }
  const end = result.output.trim().slice(-2_000);
  const evidence = `$ ${command}  (on the ${side})\n${end}`;
  if (result.kind === 'timed-out') {
    return {
      kind: 'broke',
      summary: `The benchmark did not end in time on the ${side}.`,
      remedy: 'Make it shorter, or raise timeoutMs of this gate in the workflow.',
      evidence,
    };
  }
  if (result.kind === 'over-limit') {
    return { ...broke(`The benchmark was ended on the ${side}: ${result.reason}`, result.remedy), evidence };
  }
  if (result.code === 0) {
    return null;
  }
  if (side === 'base' || NOT_RUNNABLE.includes(result.code)) {
    const remedy = 'Mend the benchmark on the base branch, or give the sandbox what it needs by BATON_TOOLS.';
    return { ...broke(`The benchmark ended with ${result.code} on the ${side}.`, remedy), evidence };
  }
  const message = `The benchmark ends with ${result.code} since this change:\n${end || 'It printed nothing.'}`;
  return {
    kind: 'fail',
    summary: `The benchmark ended with ${result.code} on the head.`,
    findings: [{ message, severity: 'error' }],
    evidence,
  };
}

function toFigures({ base, head }: Measured): readonly Figure[] {
  const [before, after] = [toMedians(base), toMedians(head)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.map((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    const unit = was?.unit ?? is?.unit ?? '';
    // In another unit it is another figure.
    return { name, unit, base: was?.value ?? null, head: is?.unit === unit ? is.value : null };
  });
}

function broke(summary: string, remedy: string): Extract<Verdict, { kind: 'broke' }> {
  return { kind: 'broke', summary, remedy, permanent: true };
}
