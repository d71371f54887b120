import { REPORTS, type Report, type ReportKind } from '../domain/report.ts';

/** A report in its form, or what is wrong with it, in words for the agent that wrote it. */
export type ReadReport<Kind extends ReportKind> =
  | { readonly kind: 'report'; readonly report: Extract<Report, { kind: Kind }> }
  | { readonly kind: 'faults'; readonly faults: readonly string[] };

/** More of them tell an agent no more. */
const MOST_FAULTS = 20;

/** The one place where reports are validated, whatever the runtime. */
export function readReport<Kind extends ReportKind>(report: unknown, kind: Kind): ReadReport<Kind> {
  const parsed = REPORTS[kind].safeParse(report);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'report'}: ${message}`,
    );
    return { kind: 'faults', faults: faults.slice(0, MOST_FAULTS) };
  }
  // The schema was picked by `kind`, which the compiler cannot follow through the table.
  return { kind: 'report', report: parsed.data as Extract<Report, { kind: Kind }> };
}
