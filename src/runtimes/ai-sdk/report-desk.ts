import { jsonSchema, type Tool, tool } from 'ai';
import { z } from 'zod';
import { REPORTS, type ReportKind } from '../../domain/report.ts';

/** How often a report may be handed in again. */
const MOST_REPAIRS = 2;

/** Where the agent hands in its report, and is told what is wrong with it. */
export interface ReportDesk {
  /** Takes a report; gives what is wrong with it, or null when it is taken. */
  offer(report: unknown): readonly string[] | null;
  /** The agent has stopped without one. */
  noteMissing(): void;
  /** The report that was taken; absent until then. */
  readonly taken: { readonly report: unknown } | null;
  /** Whether it is not worth asking any more; the newest faults say why. */
  readonly exhausted: boolean;
  readonly faults: readonly string[];
}

export function openReportDesk(check: (report: unknown) => readonly string[] | null): ReportDesk {
  let taken: { readonly report: unknown } | null = null;
  let refusals = 0;
  let faults: readonly string[] = ['there was none'];
  return {
    offer(report) {
      const found = check(report);
      if (found === null) {
        taken = { report };
        return null;
      }
      refusals += 1;
      faults = found;
      return found;
    },
    noteMissing() {
      refusals += 1;
    },
    get taken() {
      return taken;
    },
    get exhausted() {
      return refusals > MOST_REPAIRS;
    },
    get faults() {
      return faults;
    },
  };
}

/**
 * The tool that takes the report. Every provider whose models can use tools at all knows this way; answers bound to a
 * schema differ from one to the next, and some cannot be had together with tools. The report is one field of the input
 * because an input has to be a plain object, which a choice between forms is not.
 */
export function toReportTool(kind: ReportKind, desk: ReportDesk): Tool<unknown, string> {
  const { $schema: _, ...report } = z.toJSONSchema(REPORTS[kind], { target: 'draft-7', io: 'input' });
  return tool({
    description:
      'Hands in your answer. Call it once, when all else is done: it takes the place of writing the JSON object as text.',
    inputSchema: jsonSchema({ type: 'object', properties: { report }, required: ['report'] }),
    execute(input) {
      const faults = desk.offer(unwrap(input));
      return faults === null ? 'Thank you.' : toComplaint(faults);
    },
  });
}

/** What the agent is told to mend. */
export function toComplaint(faults: readonly string[]): string {
  return `The report was not taken:\n${faults.map((fault) => `- ${fault}`).join('\n')}\nCall \`report\` again with all of it.`;
}

/** Models also leave the field out, or write the object into a string. */
function unwrap(input: unknown): unknown {
  const report = isObject(input) && 'report' in input ? input.report : input;
  return typeof report === 'string' ? (readJson(report) ?? report) : report;
}

/** The JSON object in what a model has written, fenced or not; null when there is none. */
export function readJson(text: string): unknown {
  const [start, end] = [text.indexOf('{'), text.lastIndexOf('}')];
  try {
    return start === -1 || end < start ? null : JSON.parse(text.slice(start, end + 1));
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
