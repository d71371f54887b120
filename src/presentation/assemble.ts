import { byteLength } from './clip.ts';

/** A part of a text: fixed, or one that fits itself into the bytes it is given (and returns '' when it cannot). */
export type Part = string | ((maxBytes: number) => string);

/** Joins parts as paragraphs within `maxBytes`: the fixed parts always, the others share what is left, in order. */
export function assemble(parts: readonly Part[], maxBytes: number): string {
  let room =
    maxBytes - parts.reduce((sum, part) => sum + (typeof part === 'string' ? byteLength(part) + 2 : 0), 0);
  const texts = parts.map((part) => {
    if (typeof part === 'string') {
      return part;
    }
    const text = part(Math.max(0, room - 2));
    room -= byteLength(text) + 2;
    return text;
  });
  return texts.filter((text) => text !== '').join('\n\n');
}
