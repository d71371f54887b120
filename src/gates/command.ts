import { z } from 'zod';
import type { CommandResult, Evidence } from '../domain/evidence.ts';
import { findDoubts } from '../domain/find-doubts.ts';
import { defineGate } from '../domain/gate.ts';
import { toFindings } from '../domain/to-findings.ts';
import type { Verdict } from '../domain/verdict.ts';

const options = z.strictObject({
  check: z
    .string()
    .min(1)
    .describe('The check of the profile to run, such as `tests`, `lint`, `types` or `format`.'),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(600_000)
    .describe('How long the command may take, in milliseconds.'),
});

/** Which command to run, or why there is none. */
type Choice =
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'absent'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

const manifestSchema = z.object({ scripts: z.record(z.string(), z.unknown()).default({}) });

/** What `npm init` writes as the test script: the repository has no tests. */
const NO_TESTS = 'Error: no test specified';

/** Longest piece of output shown with a verdict, in characters: the end, where tools sum up. */
const SHOWN_OUTPUT = 6_000;

/** A shell says 126 when a program cannot be executed and 127 when there is none. */
const NOT_RUNNABLE = [126, 127];

/** Judges by the exit code of a command that the base commit names, run on the files of the head commit. */
export const gate = defineGate({
  name: 'command',
  summary:
    "Runs one of the repository's own checks, as the base commit defines it, and judges by its exit code.",
  options,
  async judge(evidence, { check, timeoutMs }) {
    const choice = await chooseCommand(evidence, check);
    switch (choice.kind) {
      case 'absent':
        return { kind: 'skip', summary: choice.reason };
      case 'unreadable':
        return {
          kind: 'broke',
          summary: choice.reason,
          remedy: 'Correct package.json on the base branch, then retry the run.',
          permanent: true,
        };
      case 'run':
        return await run(evidence, { command: choice.command, check, timeoutMs });
    }
  },
});

interface Call {
  readonly command: string;
  readonly check: string;
  readonly timeoutMs: number;
}

async function run(evidence: Evidence, { command, check, timeoutMs }: Call): Promise<Verdict> {
  const result = await evidence.run(command, timeoutMs);
  const verdict = toVerdict(command, result, check);
  if (verdict.kind !== 'pass' || result.kind !== 'exited') {
    return verdict;
  }
  const doubts = await findDoubts(evidence, { command, output: result.output });
  if (doubts.length === 0) {
    return verdict;
  }
  return {
    kind: 'hold',
    summary: `${check} ended well, but a person must agree that this means something.`,
    findings: [...doubts],
  };
}

async function chooseCommand(evidence: Evidence, check: string): Promise<Choice> {
  const { profile } = evidence;
  if (profile === null) {
    return { kind: 'absent', reason: 'No profile fits the files of the base commit.' };
  }
  const source = profile.checks[check];
  if (source === undefined) {
    return { kind: 'absent', reason: `The profile ${profile.name} has no check named ${check}.` };
  }
  if ('command' in source) {
    return { kind: 'run', command: source.command };
  }
  const manifest = await evidence.readFile('base', 'package.json');
  if (manifest === null) {
    return { kind: 'absent', reason: 'The base commit has no package.json.' };
  }
  return chooseScript(manifest, source.scripts);
}

function chooseScript(manifest: Uint8Array, names: readonly string[]): Choice {
  const scripts = parseScripts(manifest);
  if (scripts === null) {
    return { kind: 'unreadable', reason: 'package.json of the base commit is not readable JSON.' };
  }
  for (const name of names) {
    const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
    if (typeof script === 'string' && script.trim() !== '' && !script.includes(NO_TESTS)) {
      return { kind: 'run', command: script };
    }
  }
  const wanted = names.map((name) => `\`${name}\``).join(', ');
  return { kind: 'absent', reason: `package.json of the base commit has none of the scripts ${wanted}.` };
}

function parseScripts(manifest: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(manifest)));
    return parsed.success ? parsed.data.scripts : null;
  } catch {
    return null;
  }
}

function toVerdict(command: string, result: CommandResult, check: string): Verdict {
  if (result.kind === 'unavailable') {
    return {
      kind: 'broke',
      summary: `The sandbox could not run ${check}: ${result.reason}`,
      remedy: result.remedy,
      permanent: true,
    };
  }
  const evidence = `$ ${command}\n${result.output.slice(-SHOWN_OUTPUT)}`;
  if (result.kind === 'timed-out') {
    return {
      kind: 'broke',
      summary: `${check} did not end within ${toSeconds(result.durationMs)}.`,
      remedy: 'Make the check faster, or raise timeoutMs of this gate in the workflow.',
      evidence,
    };
  }
  if (NOT_RUNNABLE.includes(result.code)) {
    return {
      kind: 'broke',
      summary: `${check} could not run: its command ended with ${result.code}, so a program is missing.`,
      remedy:
        "Give the sandbox the program: add its directory to BATON_TOOLS, or make it part of the repository's files.",
      evidence,
      permanent: true,
    };
  }
  const took = toSeconds(result.durationMs);
  if (result.code === 0) {
    return { kind: 'pass', summary: `${check} passed in ${took}.`, evidence };
  }
  return {
    kind: 'fail',
    summary: `${check} failed: exit code ${result.code} after ${took}.`,
    findings: findingsOf(command, result),
    evidence,
  };
}

function findingsOf(command: string, result: Extract<CommandResult, { kind: 'exited' }>) {
  const findings = toFindings(result.output);
  if (findings.length > 0) {
    return [...findings];
  }
  const end = result.output.trim().slice(-2_000) || 'It printed nothing.';
  return [{ message: `\`${command}\` ended with ${result.code}:\n${end}`, severity: 'error' as const }];
}

function toSeconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`;
}
