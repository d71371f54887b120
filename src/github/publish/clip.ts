const CUT = '…';

/** The text, cut at a character boundary so that it takes at most `maxBytes` in UTF-8; an ellipsis shows the cut. */
export function clip(text: string, maxBytes: number): string {
  const whole = text.toWellFormed();
  if (Buffer.byteLength(whole) <= maxBytes) {
    return whole;
  }
  const room = maxBytes - Buffer.byteLength(CUT);
  // No character takes less than a byte, so the rest cannot matter.
  const bytes = Buffer.from(whole.slice(0, room));
  let end = Math.min(room, bytes.length);
  while (end > 0 && isContinuation(bytes[end])) {
    end -= 1;
  }
  return `${bytes.subarray(0, end).toString('utf8').toWellFormed()}${CUT}`;
}

/** One line without control characters, cut like `clip`. */
export function clipLine(text: string, maxBytes: number): string {
  return clip(text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim(), maxBytes);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;
}
