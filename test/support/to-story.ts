import { z } from 'zod';
import type { LogLine } from '../../src/demo/baton-process.ts';

/** So much of a log is enough to see what did not happen. */
const LAST = 40;

const detailsSchema = z.looseObject({
  time: z.union([z.number(), z.string()]).optional(),
  decision: z.string().optional(),
  state: z.string().optional(),
  step: z.string().optional(),
  error: z.union([z.string(), z.looseObject({ message: z.string() })]).optional(),
});

/** What there is most of where everything is logged; it tells nothing of what a run did. */
const NOISE = /^GitHub request: |^git ended$/;

/** The end of a log without its noise, a line each. */
export function toStory(lines: readonly LogLine[]): readonly string[] {
  return lines
    .filter(({ level, msg }) => level !== 'debug' || !NOISE.test(msg))
    .slice(-LAST)
    .map(toLine);
}

function toLine(line: LogLine): string {
  const { time, decision, state, step, error } = detailsSchema.catch({}).parse(line);
  const at = time === undefined ? '' : new Date(time).toISOString();
  const fault = typeof error === 'object' ? error.message : error;
  return [at, line.level, line.msg, decision, state, step, fault]
    .filter((word) => word !== undefined)
    .join(' ');
}
