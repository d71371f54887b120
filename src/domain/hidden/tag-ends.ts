/**
 * For each place in a text where a tag could be open: the place behind the bracket that would close it, or the length
 * of the text and one more when nothing does. A bracket in a quoted value closes nothing. One walk from the back, so
 * that no choice of tags makes it slow.
 */
export function toTagEnds(text: string): Int32Array {
  const never = text.length + 1;
  const inTag = new Int32Array(text.length + 1).fill(never);
  // Where it ends when a value is about to begin, or has begun with a quote, at the place that was looked at last.
  const value = { ahead: never, inDouble: never, inSingle: never };
  for (let index = text.length - 1; index >= 0; index -= 1) {
    const behind = inTag[index + 1] ?? never;
    const code = text.charCodeAt(index);
    const own = code === GREATER ? index + 1 : behind;
    inTag[index] = code === EQUALS ? value.ahead : own;
    lookAt(code, value, { own: inTag[index] ?? never, behind });
  }
  return inTag;
}

const GREATER = 0x3e;
const EQUALS = 0x3d;
const DOUBLE = 0x22;
const SINGLE = 0x27;
const SPACE = 0x20;

interface Value {
  ahead: number;
  inDouble: number;
  inSingle: number;
}

function lookAt(
  code: number,
  value: Value,
  { own, behind }: { readonly own: number; readonly behind: number },
): void {
  if (code === DOUBLE) {
    value.ahead = value.inDouble;
    value.inDouble = behind;
  } else if (code === SINGLE) {
    value.ahead = value.inSingle;
    value.inSingle = behind;
  } else if (code > SPACE) {
    value.ahead = own;
  }
}
