import { byteLength, clipBytes } from './clip.ts';
import { neutralise } from './neutralise.ts';

const CUT = '> … *(cut here: the rest is too long to show)*';

/**
 * Untrusted Markdown as a block quote of at most `maxBytes`. Whatever it leaves open (a code block, a list, a table)
 * ends with the quote, so it cannot swallow what comes after.
 */
export function quote(text: string, maxBytes: number): string {
  const lines = neutralise(text.trim()).split('\n').map(toQuoted);
  const whole = lines.join('\n');
  if (byteLength(whole) <= maxBytes) {
    return whole;
  }
  let room = maxBytes - byteLength(CUT) - 1;
  const kept: string[] = [];
  for (const line of lines) {
    const size = byteLength(line) + 1;
    if (size > room) {
      break;
    }
    kept.push(line);
    room -= size;
  }
  if (kept.length === 0) {
    kept.push(clipBytes(lines[0] ?? '', Math.max(room, 0)));
  }
  return [...kept, CUT].join('\n');
}

function toQuoted(line: string): string {
  return line === '' ? '>' : `> ${line}`;
}
