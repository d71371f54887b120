import type { Finding } from '../../domain/finding.ts';
import type { ReadReport } from './read-reports.ts';
import type { Report } from './report.ts';

/** Why a command that ended with 0 has not passed after all, by what its report says; empty when the two agree. */
export function findContradictions({ file, report }: ReadReport): readonly Finding[] {
  switch (report.kind) {
    case 'tests':
      return judgeTests(report, file.path);
    case 'results':
      return report.errors === 0 ? [] : report.findings.filter(({ severity }) => severity === 'error');
    case 'coverage':
      return judgeCoverage(report, file);
  }
}

function judgeTests({ ran, failed, findings }: Extract<Report, { kind: 'tests' }>, path: string) {
  if (failed > 0) {
    return findings;
  }
  return ran > 0 ? [] : [toFinding(`${path} says that no test ran.`)];
}

function judgeCoverage(
  { covered, lines }: Extract<Report, { kind: 'coverage' }>,
  { path, minLines }: ReadReport['file'],
): readonly Finding[] {
  if (lines === 0) {
    return [toFinding(`${path} says that no line was measured.`)];
  }
  const share = (100 * covered) / lines;
  return minLines === undefined || share >= minLines
    ? []
    : [toFinding(`${share.toFixed(1)} % of ${lines} lines are covered; ${minLines} % are asked for.`)];
}

function toFinding(message: string): Finding {
  return { message, severity: 'error' };
}
