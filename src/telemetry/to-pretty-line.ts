import { z } from 'zod';

const lineSchema = z.looseObject({
  level: z.string(),
  time: z.string(),
  msg: z.string().default(''),
});

/** Everything that could move the cursor or colour the terminal; line ends and tabs stay. */
const CONTROL = /[^\P{Cc}\n\t]/gu;

/** A JSON line of the log as text for people: time, level, message, then the fields. */
export function toPrettyLine(json: string): string {
  const { level, time, msg, pid: _, hostname: __, ...fields } = lineSchema.parse(JSON.parse(json));
  const { error, err, ...others } = fields;
  const pairs = Object.entries(others).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  const head = `${time.slice(11, 19)} ${level.toUpperCase().padEnd(5)} ${msg}${pairs.join('')}`;
  return `${[head, ...[error, err].flatMap(toStack)].join('\n').replaceAll(CONTROL, '�')}\n`;
}

function toStack(error: unknown): string[] {
  const parsed = z.object({ stack: z.string() }).safeParse(error);
  if (parsed.success) {
    return [`    ${parsed.data.stack.replaceAll('\n', '\n    ')}`];
  }
  return error === undefined ? [] : [`    ${JSON.stringify(error)}`];
}
