import type { Finding } from '../../domain/finding.ts';
import { MAX_FINDINGS } from '../../domain/finding.ts';
import { type Report, ReportFault } from './report.ts';

const MAX_RESULTS = 20_000;
const MAX_MESSAGE = 500;

/** The report of a scanner, with the worst first, so that no limit hides them. */
export function toResults(findings: readonly Finding[]): Report {
  const order = ['critical', 'high', 'medium', 'low'];
  const sorted = findings.toSorted(
    (a, b) => order.indexOf(a.danger ?? 'low') - order.indexOf(b.danger ?? 'low'),
  );
  return {
    kind: 'results',
    errors: findings.filter(({ severity }) => severity === 'error').length,
    findings: sorted.slice(0, MAX_FINDINGS),
  };
}

/** @throws ReportFault when there are more than are read. */
export function bound<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length > MAX_RESULTS) {
    throw new ReportFault(`it has ${items.length} results`);
  }
  return items;
}

/** What scanners write, in one line of bounded length. */
export function toMessage(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .join(': ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, MAX_MESSAGE);
}
