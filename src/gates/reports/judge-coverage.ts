import type { Evidence } from '../../domain/evidence.ts';
import { isCoverage, type ReportFile } from '../../domain/report-file.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { readPrintedCoverage } from './read-printed-coverage.ts';
import { readReports } from './read-reports.ts';
import type { Report } from './report.ts';

/** Where coverage tools write what they have measured, when nobody says otherwise. */
const USUAL: readonly ReportFile[] = [
  { format: 'lcov', path: 'coverage/lcov.info' },
  { format: 'lcov', path: 'lcov.info' },
  { format: 'cobertura', path: 'coverage.xml' },
  { format: 'cobertura', path: 'coverage/cobertura-coverage.xml' },
  { format: 'go-cover', path: 'cover.out' },
];

interface Wanted {
  readonly evidence: Evidence;
  readonly check: string;
  /** In per cent. */
  readonly minLines: number;
  /** What the command has printed. */
  readonly output: string;
}

/** A pass with too little covered is a failure, and one of which nobody knows how much is covered is broken. */
export async function judgeCoverage(verdict: Verdict, wanted: Wanted): Promise<Verdict> {
  if (verdict.kind !== 'pass') {
    return verdict;
  }
  const { check, minLines } = wanted;
  const report = await readCoverage(wanted);
  const share = report === null ? readPrintedCoverage(wanted.output) : (100 * report.covered) / report.lines;
  if (share === null) {
    const summary = `${check} ended well, and does not say how much is covered.`;
    const remedy = `Let it write ${USUAL.map(({ path }) => path).join(' or ')}, or print its table of coverage.`;
    return { ...toShown(verdict), kind: 'broke', summary, remedy, permanent: true };
  }
  const tally =
    report === null ? {} : { tally: { coveredLines: report.covered, lines: report.lines, ...verdict.tally } };
  const covered = `${share.toFixed(1)} % of the lines are covered`;
  if (share >= minLines) {
    return { ...verdict, ...tally, summary: `${verdict.summary} ${covered}.` };
  }
  const summary = `${covered}; ${minLines} % are asked for.`;
  const message = `${summary} Test more of what was changed.`;
  return { ...toShown(verdict), ...tally, kind: 'fail', summary, findings: [{ message, severity: 'error' }] };
}

function toShown({ evidence }: Extract<Verdict, { kind: 'pass' }>): { readonly evidence?: string } {
  return evidence === undefined ? {} : { evidence };
}

/** The first report that can be read, and has measured something. */
async function readCoverage({
  evidence,
  check,
}: Wanted): Promise<Extract<Report, { kind: 'coverage' }> | null> {
  const own = evidence.profile?.checks[check]?.reports ?? [];
  const readings = await readReports(evidence, [...own.filter(isCoverage), ...USUAL]);
  for (const reading of readings) {
    if (reading.kind === 'read' && reading.report.kind === 'coverage' && reading.report.lines > 0) {
      return reading.report;
    }
  }
  return null;
}
