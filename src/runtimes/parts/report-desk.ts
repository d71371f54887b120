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

/** What the agent is told to mend; `again` says how it hands its report in. */
export function toComplaint(faults: readonly string[], again: string): string {
  return `The report was not taken:\n${faults.map((fault) => `- ${fault}`).join('\n')}\n${again}`;
}

const FENCED = /^```(?:json)?\n([\s\S]*?)^```/gm;

/** The JSON object in what a model has written: in the last fence that has one, or in the whole; null when there is none. */
export function readJson(text: string): unknown {
  const fenced = [...text.matchAll(FENCED)].map(([, inside = '']) => inside).toReversed();
  return [text, ...fenced].map(readObject).find((found) => found !== null) ?? null;
}

function readObject(text: string): unknown {
  const [start, end] = [text.indexOf('{'), text.lastIndexOf('}')];
  try {
    return start === -1 || end < start ? null : JSON.parse(text.slice(start, end + 1));
  } catch {
    return null;
  }
}

/** The report in what was handed in: models also leave the field out, or write the object into a string. */
export function unwrapReport(input: unknown): unknown {
  const report = isObject(input) && 'report' in input ? input.report : input;
  return typeof report === 'string' ? (readJson(report) ?? report) : report;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
