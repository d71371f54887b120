import { jsonSchema, type Tool, tool } from 'ai';
import type { ReportKind } from '../../domain/report.ts';
import { type ReportDesk, toComplaint, unwrapReport } from '../parts/report-desk.ts';
import { toReportSchema } from '../parts/report-schema.ts';

/** How a report is handed in again. */
export const AGAIN = 'Call `report` again with all of it.';

/**
 * The tool that takes the report. Every provider whose models can use tools at all knows this way; answers bound to a
 * schema differ from one to the next, and some cannot be had together with tools.
 */
export function toReportTool(kind: ReportKind, desk: ReportDesk): Tool<unknown, string> {
  return tool({
    description:
      'Hands in your answer. Call it once, when all else is done: it takes the place of writing the JSON object as text.',
    inputSchema: jsonSchema(toReportSchema(kind)),
    execute(input) {
      const faults = desk.offer(unwrapReport(input));
      return faults === null ? 'Thank you.' : toComplaint(faults, AGAIN);
    },
  });
}
