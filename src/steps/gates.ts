import { z } from 'zod';
import { amountOf } from '../domain/amount-of.ts';
import { type Danger, dangerSchema } from '../domain/danger.ts';
import type { Finding } from '../domain/finding.ts';
import { gateModeSchema } from '../domain/gate-mode.ts';
import type { OutcomeInput } from '../domain/outcome.ts';
import { toDocumentPath } from '../domain/own-document.ts';
import { type Attempt, defineStepKind } from '../domain/step-kind.ts';
import { toTicketKey } from '../domain/ticket-key.ts';
import { type GateVerdict, isHeeded, type Verdict } from '../domain/verdict.ts';
import { blameMerge } from './parts/blame-merge.ts';
import { documentPath } from './parts/document-path.ts';
import { giveFeedback } from './parts/give-feedback.ts';

const use = z
  .strictObject({
    gate: z.string().min(1).describe('Name of the gate.'),
    name: z.string().min(1).max(60).optional().describe('Name of its check run; the gate when absent.'),
    with: z.record(z.string(), z.unknown()).default({}).describe('Options of the gate.'),
    mode: gateModeSchema
      .optional()
      .describe(
        '`strict` (when absent): a failure is a rejection; `regression-only`: only for findings that the base commit does not have; `informational`: the verdict is shown and holds nothing up.',
      ),
    onFail: z
      .enum(['reject', 'hold'])
      .optional()
      .describe(
        'A failure sends the work back (also when absent), or holds the run until a second person has released it, with all that failed beside it.',
      ),
    holdAt: z
      .array(dangerSchema)
      .min(1)
      .optional()
      .describe(
        'With `onFail: hold`: which findings hold; `critical` and `high` when absent. Others send the work back; when a scanner does not say how bad any of them is, all hold.',
      ),
    rethink: z
      .literal(false)
      .optional()
      .describe(
        'With `rethink` of the step: another plan would not mend what this gate fails. When the step gives up and no other gate has failed, a person is asked instead.',
      ),
    mayRelaxTo: gateModeSchema
      .optional()
      .describe('The laxest mode that a repository may set in `gates.modes`; its mode when absent.'),
  })
  .transform((given) => ({ ...given, name: given.name ?? given.gate }));

const options = z.strictObject({
  gates: z
    .array(use)
    .min(1)
    .refine(
      (uses) => new Set(uses.map(({ name }) => name)).size === uses.length,
      'two gates have the same name',
    )
    .describe('The gates that judge the newest commit, side by side.'),
  feedback: z
    .strictObject({
      path: documentPath.describe('Where it is written, with `{ticket}` for the key of the ticket.'),
      about: z.enum(['failure', 'performance']).default('failure').describe('What it tells of.'),
      when: z
        .enum(['given-up', 'each-time'])
        .default('given-up')
        .describe('With each rejection, or with the last one that `maxRejections` allows.'),
      approach: documentPath
        .optional()
        .describe(
          'The plan: what it names and nobody has built is told of, and by its words one approach is told from another.',
        ),
    })
    .optional()
    .describe('A document about what failed, which Baton itself writes onto the branch.'),
  block: documentPath
    .optional()
    .describe('Where Baton writes what a gate with `onFail: hold` has found, and what has to be done.'),
  blame: z
    .string()
    .min(1)
    .optional()
    .describe(
      'An earlier `merge` step: when gates fail on what it merged, those merges are judged one by one, and the first that fails is named.',
    ),
});

export const stepKind = defineStepKind({
  name: 'gates',
  summary: 'Judges the newest commit with deterministic gates; each becomes a check run.',
  options,
  endings: ['passed', 'rejected', 'security'],
  gates: ({ gates }) => gates,
  earlierSteps: ({ blame }) => (blame === undefined ? [] : [blame]),
  async perform(attempt) {
    const { gates } = attempt.options;
    const verdicts = (await attempt.world.judge(gates)).map((judged) => toHolding(judged, gates));
    const heeded = verdicts.filter(isHeeded);
    const failed = withKind(heeded, 'fail');
    const holding = withKind(heeded, 'hold');
    // What halts a run is not handed to a role together with what else failed: a person sees it first.
    if (failed.length > 0 && !holding.some((judged) => isHalting(judged, gates))) {
      return await reject(attempt, { verdicts, failed });
    }
    const broken = withKind(heeded, 'broke');
    if (broken.length > 0) {
      return {
        kind: 'broke',
        summary: `${names(broken)} could not run: ${broken.map(({ verdict }) => verdict.summary).join('; ')}`,
        remedy: broken.map(({ verdict }) => verdict.remedy).join(' '),
        retriable: broken.every(({ verdict }) => verdict.permanent === undefined),
        verdicts,
      };
    }
    return holding.length > 0 ? await hold(attempt, { verdicts, holding, failed }) : summarise(verdicts);
  },
});

type Judging = Attempt<z.infer<typeof options>>;

/** A failure that is not for a role to mend holds instead. */
function toHolding(judged: GateVerdict, gates: Judging['options']['gates']): GateVerdict {
  const { verdict } = judged;
  const { onFail, holdAt } = gates.find(({ name }) => name === judged.gate) ?? {};
  return verdict.kind === 'fail' && onFail === 'hold' && isDangerous(verdict.findings, holdAt)
    ? { ...judged, verdict: { kind: 'hold', summary: verdict.summary, findings: verdict.findings } }
    : judged;
}

function isHalting({ gate }: GateVerdict, gates: Judging['options']['gates']): boolean {
  return gates.some(({ name, onFail }) => name === gate && onFail === 'hold');
}

/** What nobody has graded may be the worst. */
function isDangerous(
  findings: readonly Finding[],
  holdAt: readonly Danger[] = ['critical', 'high'],
): boolean {
  const dangers = findings.flatMap(({ danger }) => danger ?? []);
  return dangers.length === 0 || dangers.some((danger) => holdAt.includes(danger));
}

async function reject(
  { run, step, options: { gates, blame, feedback }, world }: Judging,
  { verdicts, failed }: { readonly verdicts: GateVerdict[]; readonly failed: readonly Judged<'fail'>[] },
): Promise<OutcomeInput> {
  const red = gates.filter(({ name }) => failed.some(({ gate }) => gate === name));
  const culprits = blame === undefined ? [] : await blameMerge({ run, world, step: blame, gates: red });
  const rejected = {
    kind: 'rejected' as const,
    summary: `${failed.length} of ${verdicts.length} gates failed: ${names(failed)}`,
    findings: [...culprits, ...failed.flatMap(({ gate, verdict }) => toFindings(gate, verdict))],
    verdicts,
    ...(red.every(({ rethink }) => rethink === false) ? { isNoMatterOfThePlan: true as const } : {}),
  };
  return feedback === undefined
    ? rejected
    : await giveFeedback({ run, step, world }, { feedback, failed }, rejected);
}

async function hold(
  { run, options: { gates, block }, world }: Judging,
  {
    verdicts,
    holding,
    failed,
  }: {
    readonly verdicts: GateVerdict[];
    readonly holding: readonly Judged<'hold'>[];
    readonly failed: readonly Judged<'fail'>[];
  },
): Promise<OutcomeInput> {
  const blocking = holding.filter((judged) => isHalting(judged, gates));
  const path = block === undefined ? null : toDocumentPath(block, toTicketKey(run.order));
  const written =
    path === null || blocking.length === 0
      ? null
      : await world.write({ kind: 'block', path, verdicts: blocking, missing: [] });
  if (written?.kind === 'broke') {
    return { ...written, verdicts };
  }
  return {
    kind: 'held',
    summary: `${names(holding)} asks for a release`,
    verdicts,
    ...(written?.checkpoint === undefined ? {} : { checkpoint: written.checkpoint }),
    hold: {
      kind: 'security',
      question: 'May this change go on?',
      shown: [
        ...holding.map(({ verdict }) => verdict.summary),
        ...failed.map(({ gate, verdict }) => `${gate}: ${verdict.summary}`),
      ].join('\n'),
      findings: [
        ...holding.flatMap(({ verdict }) => verdict.findings),
        ...failed.flatMap(({ gate, verdict }) => toFindings(gate, verdict)),
      ],
    },
  };
}

/** Gates that do not apply or do not count are named; when there is no other, nobody has judged the work. */
function summarise(verdicts: GateVerdict[]): OutcomeInput {
  const passed = withKind(verdicts.filter(isHeeded), 'pass').length;
  const aside = [
    nameAside(withKind(verdicts, 'skip'), ['does not apply', 'do not apply']),
    nameAside(
      verdicts.filter((judged) => !isHeeded(judged) && judged.verdict.kind !== 'skip'),
      ['is for information', 'are for information'],
    ),
  ].join('');
  if (passed === 0) {
    return {
      kind: 'broke',
      summary: `no gate could judge this change${aside}`,
      remedy: 'Add the scripts that the gates run to the default branch, or name gates that apply here.',
      retriable: false,
      verdicts,
    };
  }
  return { kind: 'passed', summary: `${amountOf(passed, 'gate')} passed${aside}`, verdicts };
}

function nameAside(verdicts: readonly GateVerdict[], [one, many]: readonly [string, string]): string {
  const { length } = verdicts;
  return length === 0 ? '' : `; ${amountOf(length, one, many)}: ${names(verdicts)}`;
}

type Judged<Kind extends Verdict['kind']> = GateVerdict & { verdict: Extract<Verdict, { kind: Kind }> };

function withKind<Kind extends Verdict['kind']>(
  verdicts: readonly GateVerdict[],
  kind: Kind,
): Judged<Kind>[] {
  return verdicts.filter((judged): judged is Judged<Kind> => judged.verdict.kind === kind);
}

function names(verdicts: readonly GateVerdict[]): string {
  return verdicts.map(({ gate }) => gate).join(', ');
}

/** A failed gate always gives feedback: its summary when it has no point of its own. */
function toFindings(gate: string, verdict: Extract<Verdict, { kind: 'fail' }>): Finding[] {
  if (verdict.findings.length === 0) {
    return [{ message: `${gate}: ${verdict.summary}`, severity: 'error' }];
  }
  return verdict.findings.map((finding) => ({ ...finding, message: `${gate}: ${finding.message}` }));
}
