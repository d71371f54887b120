import type { Evidence } from '../../domain/evidence.ts';
import type { ReportFile } from '../../domain/report-file.ts';
import type { Tally, Verdict } from '../../domain/verdict.ts';
import { findContradictions } from './find-contradictions.ts';
import { type Reading, type ReadReport, readReports } from './read-reports.ts';

interface Judged {
  readonly evidence: Evidence;
  readonly check: string;
  /** Whether it asks somebody: then it has come to no end before it has written what it was told. */
  readonly isAsking: boolean;
}

/**
 * The verdict on a command with what its reports say: a failure gets their findings, a pass that they contradict becomes a
 * failure, and one that they should confirm and cannot is broken.
 */
export async function judgeReports(
  verdict: Verdict,
  files: readonly ReportFile[],
  { evidence, check, isAsking }: Judged,
): Promise<Verdict> {
  if (files.length === 0 || (verdict.kind !== 'pass' && verdict.kind !== 'fail')) {
    return verdict;
  }
  const readings = await readReports(evidence, files);
  const read = readings.filter((reading) => reading.kind === 'read');
  const judged =
    verdict.kind === 'fail'
      ? explain(verdict, readings, { check, isAsking })
      : confirm(verdict, readings, check);
  const tally = toTally(read);
  return tally !== null && (judged.kind === 'pass' || judged.kind === 'fail') ? { ...judged, tally } : judged;
}

/** What the reports counted, all together; null when they counted nothing. */
function toTally(read: readonly ReadReport[]): Tally | null {
  const tests = read.flatMap(({ report }) => (report.kind === 'tests' ? [report.ran] : []));
  const covered = read.flatMap(({ report }) => (report.kind === 'coverage' ? [report] : []));
  if (tests.length + covered.length === 0) {
    return null;
  }
  return {
    ...(tests.length === 0 ? {} : { tests: sum(tests) }),
    ...(covered.length === 0
      ? {}
      : {
          coveredLines: sum(covered.map((one) => one.covered)),
          lines: sum(covered.map((one) => one.lines)),
        }),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function withFindings(verdict: Extract<Verdict, { kind: 'fail' }>, read: readonly ReadReport[]): Verdict {
  const findings = read.flatMap(({ report }) => ('findings' in report ? report.findings : []));
  return findings.length === 0 ? verdict : { ...verdict, findings };
}

function explain(
  verdict: Extract<Verdict, { kind: 'fail' }>,
  readings: readonly Reading[],
  { check, isAsking }: Omit<Judged, 'evidence'>,
): Verdict {
  const silent = readings
    .filter((reading) => reading.kind === 'missing')
    .find(({ file }) => isAsking || isScan(file));
  return silent === undefined
    ? withFindings(
        verdict,
        readings.filter((reading) => reading.kind === 'read'),
      )
    : toUnfinished(verdict, silent.reason, check);
}

/** Scanners write their report whatever they find: one that has not was stopped by something else. */
function isScan({ format }: ReportFile): boolean {
  return format === 'bandit' || format === 'pip-audit' || format === 'npm-audit';
}

function toUnfinished(
  { summary, evidence }: Extract<Verdict, { kind: 'fail' }>,
  why: string,
  check: string,
): Verdict {
  return {
    kind: 'broke',
    summary: `${check} did not get to its end: ${why}. ${summary}`,
    remedy: 'Look at what it printed. Without an egress in the profile it has no network.',
    permanent: true,
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function confirm(
  verdict: Extract<Verdict, { kind: 'pass' }>,
  readings: readonly Reading[],
  check: string,
): Verdict {
  const { evidence } = verdict;
  const shown = evidence === undefined ? {} : { evidence };
  const forged = readings.filter(({ kind }) => kind === 'forged').map(({ file }) => file.path);
  const findings = [
    ...forged.map((path) => ({
      path,
      message: `Take ${path} out: the command writes it, and the change must not bring it along.`,
      severity: 'error' as const,
    })),
    ...readings.flatMap((reading) => (reading.kind === 'read' ? findContradictions(reading) : [])),
  ];
  if (findings.length > 0) {
    return {
      kind: 'fail',
      summary: `${check} ended with 0, but its report says otherwise.`,
      findings,
      ...shown,
    };
  }
  const missing = readings.flatMap((reading) => (reading.kind === 'missing' ? [reading.reason] : []));
  return missing.length === 0
    ? verdict
    : {
        kind: 'broke',
        summary: `${check} ended with 0, but its report cannot be read: ${missing.join('; ')}.`,
        remedy: 'Make the command write the report where the workflow or the profile looks for it.',
        permanent: true,
        ...shown,
      };
}
