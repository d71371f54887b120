import { z } from 'zod';
import type { CommandResult, Evidence } from '../domain/evidence.ts';
import { findDoubts } from '../domain/find-doubts.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { type ReportFile, reportFileSchema } from '../domain/report-file.ts';
import { toFindings } from '../domain/to-findings.ts';
import type { Verdict } from '../domain/verdict.ts';
import { chooseCommand } from './parts/choose-command.ts';
import { judgeReports } from './reports/judge-reports.ts';

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
  reports: z
    .array(reportFileSchema)
    .max(5)
    .default([])
    .describe(
      'Reports that the command writes, besides those of the profile. They give findings, and must not contradict an exit code of 0. Each has a `format` (`junit`, `sarif`, `lcov`, `cobertura`), a `path`, and for coverage `minLines`, the least share of covered lines in per cent.',
    ),
});

/** Longest piece of output shown with a verdict, in characters: the end, where tools sum up. */
const SHOWN_OUTPUT = 6_000;

/** A shell says 126 when a program cannot be executed and 127 when there is none. */
const NOT_RUNNABLE = [126, 127];

/** What the sandbox writes where it has cut output. */
const CUT = /\n\[\.\.\. (\d{1,15}) bytes cut \.\.\.\]\n/;

/** From here on, a signal ended the program. */
const CRASHED = 128;

/** Judges by the exit code of a command that the base commit names, run on the files of the head commit. */
export const gate = defineGate({
  name: 'command',
  summary:
    "Runs one of the repository's own checks, as the base commit defines it, and judges by its exit code and its reports.",
  options,
  async judge(evidence, { check, timeoutMs, reports }) {
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
        return await run(evidence, {
          command: choice.command,
          check,
          timeoutMs,
          reports: [...(evidence.profile?.checks[check]?.reports ?? []), ...reports],
        });
    }
  },
});

type Exited = Extract<CommandResult, { kind: 'exited' }>;

interface Call {
  readonly command: string;
  readonly check: string;
  readonly timeoutMs: number;
  readonly reports: readonly ReportFile[];
}

async function run(evidence: Evidence, { command, check, timeoutMs, reports }: Call): Promise<Verdict> {
  const result = await evidence.run(command, timeoutMs);
  const exit = toVerdict(command, result, check);
  const verdict = withCrash(await judgeReports(exit, reports, { evidence, check }), result);
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

function toVerdict(command: string, result: CommandResult, check: string): Verdict {
  if (result.kind === 'unavailable') {
    return {
      kind: 'broke',
      summary: `${check} could not run: ${result.reason}`,
      remedy: result.remedy,
      ...(result.output === undefined ? {} : { evidence: result.output }),
      ...(result.retriable === true ? {} : { permanent: true }),
    };
  }
  const evidence = `${toPreparation(result)}$ ${command}\n${result.output.slice(-SHOWN_OUTPUT)}`;
  if (result.kind === 'timed-out') {
    return {
      kind: 'broke',
      summary: `${check} did not end within ${toSeconds(result.durationMs)}.`,
      remedy: 'Make the check faster, or raise timeoutMs of this gate in the workflow.',
      evidence,
    };
  }
  if (result.kind === 'over-limit') {
    return {
      kind: 'broke',
      summary: `${check} was ended: ${result.reason}`,
      remedy: result.remedy,
      evidence,
    };
  }
  return toExitVerdict({ command, check, evidence }, result);
}

function toExitVerdict(
  { command, check, evidence }: { command: string; check: string; evidence: string },
  result: Exited,
): Verdict {
  if (NOT_RUNNABLE.includes(result.code)) {
    return {
      kind: 'broke',
      summary: `${check} could not run: its command ended with ${result.code}, so a program is missing.`,
      remedy:
        "Give the sandbox the program: let a lock file name its package, add its directory to BATON_TOOLS, or make it part of the repository's files.",
      evidence,
      permanent: true,
    };
  }
  const took = toSeconds(result.durationMs);
  if (result.code === 0) {
    const installed = result.installed === undefined ? '' : ` Dependencies: ${result.installed}.`;
    return { kind: 'pass', summary: `${check} passed in ${took}.${installed}`, evidence };
  }
  return {
    kind: 'fail',
    summary: `${check} failed: exit code ${result.code} after ${took}.`,
    findings: findingsOf(command, result),
    evidence,
  };
}

/** What people should know who wonder how the command came by its packages. */
function toPreparation(result: Exclude<CommandResult, { kind: 'unavailable' }>): string {
  return result.kind === 'exited' && result.installed !== undefined
    ? `Dependencies: ${result.installed}\n`
    : '';
}

function findingsOf(command: string, result: Exited): Finding[] {
  const findings = toFindings(result.output);
  const [, left] = CUT.exec(result.output) ?? [];
  if (findings.length > 0) {
    return left === undefined
      ? [...findings]
      : [...findings, toFinding(`It printed more than is read: ${left} bytes are left out.`)];
  }
  const end = result.output.trim().slice(-2_000) || 'It printed nothing.';
  return [toFinding(`\`${command}\` ended with ${result.code}:\n${end}`)];
}

/** A crash is another failure than the one that the same findings stood for, when two commits are compared. */
function withCrash(verdict: Verdict, result: CommandResult): Verdict {
  if (verdict.kind !== 'fail' || result.kind !== 'exited' || result.code < CRASHED) {
    return verdict;
  }
  return { ...verdict, findings: [...verdict.findings, toFinding(`It crashed: exit code ${result.code}.`)] };
}

function toFinding(message: string): Finding {
  return { message, severity: 'error' };
}

function toSeconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`;
}
