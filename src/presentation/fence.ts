import { toVisible } from '../domain/visible.ts';
import { clipMiddle } from './clip.ts';

/** Text as a code block that it cannot end, cut in the middle to about `max` characters. Nothing in it acts. */
export function fence(text: string, max: number): string {
  const body = clipMiddle(toVisible(text), max)
    // Other bots read the raw text: no command at the start of a line, and no marker like our own.
    .replaceAll(/^\/(?=[a-z])/gim, ' /')
    .replaceAll('<!--', '< !--')
    .replace(/\n+$/, '');
  const ticks = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${ticks}text\n${body}\n${ticks}`;
}

/** One line as inline code, for names, digests and commands. */
export function code(text: string): string {
  const line = toVisible(text).replaceAll(/\s+/g, ' ').replaceAll('<!--', '< !--').trim();
  const ticks = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  // In a table cell a bar is escaped even in code, and backslashes before it could escape our own escape.
  return `${ticks}${space}${line.replaceAll(/\\*\|/g, String.raw`\|`)}${space}${ticks}`;
}

/** Length of the longest run of backticks. */
function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
