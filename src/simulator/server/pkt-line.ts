const LENGTH_DIGITS = 4;

/** The lines of git's wire format up to the first flush, and where the bytes after it begin. */
export function readPktLines(bytes: Buffer, start = 0): { lines: Buffer[]; end: number } {
  const lines: Buffer[] = [];
  let at = start;
  while (at + LENGTH_DIGITS <= bytes.length) {
    const length = Number.parseInt(bytes.subarray(at, at + LENGTH_DIGITS).toString(), 16);
    if (!(length > LENGTH_DIGITS)) {
      return { lines, end: at + LENGTH_DIGITS };
    }
    lines.push(bytes.subarray(at + LENGTH_DIGITS, at + length));
    at += length;
  }
  return { lines, end: bytes.length };
}

/** One line of git's wire format. */
export function toPktLine(content: string): string {
  const length = Buffer.byteLength(content) + LENGTH_DIGITS;
  return `${length.toString(16).padStart(LENGTH_DIGITS, '0')}${content}`;
}

/** The end of a row of lines. */
export const FLUSH = '0000';
