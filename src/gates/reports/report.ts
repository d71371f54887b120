import type { Finding } from '../../domain/finding.ts';

/** What a report says, whatever its format. */
export type Report =
  | {
      readonly kind: 'tests';
      /** Tests that ran, so without those that were skipped. */
      readonly ran: number;
      readonly failed: number;
      /** Where and why tests failed; the first of them. */
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'results';
      /** Results that are errors by the tool's own word. */
      readonly errors: number;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'coverage'; readonly covered: number; readonly lines: number };

/** The text is not a report of its format, or more than we read. */
export class ReportFault extends Error {
  override readonly name = 'ReportFault';
}
