const ELLIPSIS = '…';
const encoder = new TextEncoder();

/** Characters that belong to the one before them. */
const JOINED = /^[\p{M}\p{Emoji_Modifier}\u200D\uDC00-\uDFFF]/u;

/** Longest run of joined characters that is kept whole. */
const MAX_JOINED = 32;

/** Length in bytes of UTF-8, which is what GitHub counts. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** At most `max` UTF-16 units, ending in an ellipsis when something was cut; no character is cut in two. */
export function clip(text: string, max: number): string {
  return text.length <= max
    ? text
    : `${text.slice(0, boundaryBefore(text, max - ELLIPSIS.length)).trimEnd()}${ELLIPSIS}`;
}

/** At most `max` bytes of UTF-8, ending in an ellipsis when something was cut. */
export function clipBytes(text: string, max: number): string {
  if (byteLength(text) <= max) {
    return text;
  }
  const { read } = encoder.encodeInto(text, new Uint8Array(Math.max(0, max - byteLength(ELLIPSIS))));
  return `${text.slice(0, boundaryBefore(text, read)).trimEnd()}${ELLIPSIS}`;
}

/** At most about `max` UTF-16 units: the start and the longer end, because the end of an output says how it went. */
export function clipMiddle(text: string, max: number): string {
  if (text.length <= max) {
    return text;
  }
  const start = boundaryBefore(text, Math.floor(max / 4));
  const end = boundaryBefore(text, text.length - (max - start));
  return `${text.slice(0, start)}\n${ELLIPSIS} ${end - start} characters left out ${ELLIPSIS}\n${text.slice(end)}`;
}

function boundaryBefore(text: string, limit: number): number {
  let index = Math.max(0, limit);
  for (let steps = 0; steps < MAX_JOINED && index > 0 && isInside(text, index); steps += 1) {
    index -= 1;
  }
  return index;
}

/** Whether the character at `index` continues the one before it. */
function isInside(text: string, index: number): boolean {
  return JOINED.test(text.slice(index, index + 2)) || text[index - 1] === '\u200D';
}
