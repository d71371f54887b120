const OPENING = /^<{7}(?: |$)/;
const CLOSING = /^>{7}(?: |$)/;

/** Hunks of one file, and lines of one hunk, that are told. */
const MAX_HUNKS = 20;
const MAX_LINES = 80;

/** The places of a text that hold both sides of a conflict. */
export function toHunks(text: string): readonly string[] {
  const hunks: string[][] = [];
  let open: string[] | null = null;
  for (const line of text.split('\n')) {
    if (OPENING.test(line) && hunks.length < MAX_HUNKS) {
      open = [];
      hunks.push(open);
    }
    open?.push(line);
    if (CLOSING.test(line)) {
      open = null;
    }
  }
  return hunks.map(toText);
}

function toText(lines: readonly string[]): string {
  const left = lines.length - MAX_LINES;
  return left > 0 ? [...lines.slice(0, MAX_LINES), `… ${left} more lines`].join('\n') : lines.join('\n');
}
