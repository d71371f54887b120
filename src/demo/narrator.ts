import { z } from 'zod';
import type { LedgerEntry } from '../simulator/simulator.ts';
import type { LogLine } from './baton-process.ts';

const advancedSchema = z.object({
  runId: z.string(),
  /** `owner/name#number`. */
  subject: z.string(),
  /** Null until it has been chosen. */
  workflow: z.string().nullable(),
  decision: z.string(),
  state: z.string(),
  step: z.string().optional(),
  attempt: z.int().optional(),
  last: z.object({ step: z.string(), attempt: z.int(), outcome: z.string(), summary: z.string() }).optional(),
  /** The steps that were not needed after the last one. */
  passedOver: z.array(z.string()).optional(),
});
/** What a log line says of a run. */
export type Advanced = z.infer<typeof advancedSchema>;

/** The part of a log line that is about a run's progress; null for any other line. */
export function toAdvanced(line: LogLine): Advanced | null {
  return line.msg === 'run advanced' ? (advancedSchema.safeParse(line).data ?? null) : null;
}

const checkRunSchema = z.object({
  name: z.string(),
  conclusion: z.string(),
  output: z.object({
    title: z.string(),
    annotations: z
      .array(z.object({ path: z.string(), start_line: z.int(), message: z.string() }))
      .default([]),
  }),
});

/** Tells a person, line by line, what happens. */
export interface Narrator {
  say(text: string): void;
  /** A line with the time since the start. */
  tell(who: string, text: string): void;
  advanced(run: Advanced): void;
  wrote(entry: LedgerEntry): void;
}

/** `write` gets whole lines; `elapsedMs` is the time since the demo began. */
export function createNarrator(write: (line: string) => void, elapsedMs: () => number): Narrator {
  function tell(who: string, text: string): void {
    const seconds = (elapsedMs() / 1000).toFixed(1).padStart(6);
    write(`${seconds} s  ${who.padEnd(24)} ${text}`);
  }
  return {
    say: write,
    tell,
    advanced(run) {
      const line = toStory(run);
      if (line !== null) {
        tell(line.who, line.text);
      }
    },
    wrote({ kind, body }) {
      const check = kind === 'checks/create' ? checkRunSchema.safeParse(body).data : undefined;
      if (check !== undefined) {
        tell('', `check run ${check.name}: ${check.conclusion}. ${check.output.title}`);
        for (const { path, start_line: line, message } of check.output.annotations) {
          tell('', `  ${path}:${line} ${message}`);
        }
      }
    },
  };
}

interface Line {
  readonly who: string;
  readonly text: string;
}

function toStory({ decision, last, step, passedOver = [] }: Advanced): Line | null {
  if (last === undefined) {
    return decision === 'next' ? { who: 'run', text: `begins with ${step ?? 'its first step'}` } : null;
  }
  const who = last.attempt === 1 ? last.step : `${last.step} (${last.attempt})`;
  const said = `${last.outcome}: ${last.summary}`;
  const stories: Readonly<Record<string, string>> = {
    next: last.outcome === 'held' ? 'approved' : said,
    return: `${said} -> back to ${step ?? 'an earlier step'} with the findings`,
    repeat: `${said} -> again`,
    hold: `waits for a person: ${last.summary}`,
    finish: said,
  };
  const text = stories[decision];
  const aside = passedOver.length === 0 ? '' : ` (not needed: ${passedOver.join(', ')})`;
  return text === undefined ? null : { who, text: `${text}${aside}` };
}
