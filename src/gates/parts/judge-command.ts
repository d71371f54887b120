import type { CheckEgress } from '../../domain/check-egress.ts';
import type { CommandResult, Evidence } from '../../domain/evidence.ts';
import { findDoubts } from '../../domain/find-doubts.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ReportFile } from '../../domain/report-file.ts';
import { toFindings } from '../../domain/to-findings.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { judgeCoverage } from '../reports/judge-coverage.ts';
import { judgeReports } from '../reports/judge-reports.ts';
import { readPrintedTests } from '../reports/read-printed-tests.ts';
import { blameNetwork } from './blame-network.ts';

/** Longest piece of output shown with a verdict, in characters: the end, where tools sum up. */
const SHOWN_OUTPUT = 6_000;

/** A shell says 126 when a program cannot be executed and 127 when there is none. */
const NOT_RUNNABLE = [126, 127];

/** What the sandbox writes where it has cut output. */
const CUT = /\n\[\.\.\. (\d{1,15}) bytes cut \.\.\.\]\n/;

/** From here on, a signal ended the program. */
const CRASHED = 128;

type Exited = Extract<CommandResult, { kind: 'exited' }>;

/** A command that judges by its exit code. */
interface JudgingCommand {
  readonly command: string;
  /** What people call it. */
  readonly check: string;
  /** A check of what was there must not be brought by the change itself, or a person agrees to it; a new test is. */
  readonly runs: 'what-was-there' | 'the-change';
  readonly timeoutMs: number;
  readonly reports: readonly ReportFile[];
  /** What to do when its program is missing. */
  readonly install?: string;
  /** The least share of covered lines, in per cent. */
  readonly minLines?: number;
  /** The way out that it has. */
  readonly egress?: CheckEgress;
}

/** Runs a command on the files of the head commit, and judges by its exit code and the reports that it writes. */
export async function judgeCommand(evidence: Evidence, judging: JudgingCommand): Promise<Verdict> {
  const { check, timeoutMs, reports, minLines, egress } = judging;
  const isAsking = egress !== undefined;
  const result = await evidence.run(judging.command, { timeoutMs, ...(isAsking ? { on: { egress } } : {}) });
  const exit = toVerdict({ ...judging, install: judging.install }, result);
  const judged = await judgeReports(exit, reports, { evidence, check, isAsking });
  const reported = withTests(withCrash(judged, result), result);
  if (isAsking) {
    // An excerpt has no program that the change could have rewritten.
    return exit.kind === 'broke' ? exit : blameNetwork(reported, result, { check, egress });
  }
  const verdict =
    minLines === undefined || result.kind !== 'exited'
      ? reported
      : await judgeCoverage(reported, { evidence, check, minLines, output: result.output });
  return judging.runs === 'the-change' ? verdict : await doubt(verdict, result, { evidence, judging });
}

/** A pass that may not mean what it says is for a person to agree to. */
async function doubt(
  verdict: Verdict,
  result: CommandResult,
  { evidence, judging }: { readonly evidence: Evidence; readonly judging: JudgingCommand },
): Promise<Verdict> {
  if (verdict.kind !== 'pass' || result.kind !== 'exited') {
    return verdict;
  }
  const { check, command } = judging;
  const doubts = await findDoubts(evidence, { command, output: result.output });
  return doubts.length === 0
    ? verdict
    : {
        kind: 'hold',
        summary: `${check} ended well, but a person must agree that this means something.`,
        findings: [...doubts],
      };
}

type Named = Pick<JudgingCommand, 'command' | 'check'> & { readonly install: string | undefined };

function toVerdict({ command, check, install }: Named, result: CommandResult): Verdict {
  if (result.kind === 'unavailable') {
    if (result.switchedOff === true) {
      return { kind: 'skip', summary: result.reason };
    }
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
  return toExitVerdict({ command, check, install, evidence }, result);
}

function toExitVerdict(
  { command, check, install, evidence }: Named & { readonly evidence: string },
  result: Exited,
): Verdict {
  if (NOT_RUNNABLE.includes(result.code)) {
    return {
      kind: 'broke',
      summary: `${check} could not run: its command ended with ${result.code}, so a program is missing.`,
      remedy:
        install ??
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

/** What people should know who wonder how the command came by its packages, and whom it asked in vain. */
function toPreparation(result: Exclude<CommandResult, { kind: 'unavailable' }>): string {
  if (result.kind !== 'exited') {
    return '';
  }
  const { installed, inVain = [] } = result;
  const lines = [
    ...(installed === undefined ? [] : [`Dependencies: ${installed}`]),
    ...inVain.map((place) => `Network: ${place}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
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

/** What was printed counts where no report has counted; it is for people, and decides nothing. */
function withTests(verdict: Verdict, result: CommandResult): Verdict {
  if ((verdict.kind !== 'pass' && verdict.kind !== 'fail') || result.kind !== 'exited') {
    return verdict;
  }
  const tests = verdict.tally?.tests ?? readPrintedTests(result.output);
  return tests === null ? verdict : { ...verdict, tally: { ...verdict.tally, tests } };
}

function toFinding(message: string): Finding {
  return { message, severity: 'error' };
}

function toSeconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`;
}
