/** A file that two commits have changed in ways that git cannot join. */
export interface Conflict {
  readonly path: string;
  /** The places with both sides, cut when they are long; empty for a file that is no text or that one side removed. */
  readonly hunks: readonly string[];
}

const OPENING = /^<{7}(?: |$)/;
const CLOSING = /^>{7}(?: |$)/;

/** Hunks of one file, and lines of one hunk, that are told. */
const MAX_HUNKS = 20;
const MAX_LINES = 80;

/** The places of a text that hold both sides of a conflict; none when it is settled. */
export function toHunks(text: string): readonly string[] {
  const hunks: string[][] = [];
  let open: string[] | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (OPENING.test(line) && hunks.length < MAX_HUNKS) {
      open = [];
      hunks.push(open);
    }
    open?.push(line);
    if (CLOSING.test(line)) {
      open = null;
    }
  }
  return hunks.map(toShown);
}

function toShown(lines: readonly string[]): string {
  const left = lines.length - MAX_LINES;
  return left > 0 ? [...lines.slice(0, MAX_LINES), `… ${left} more lines`].join('\n') : lines.join('\n');
}

/** Conflicts as a person or a role reads them. */
export function conflictWords(conflicts: readonly Conflict[]): string {
  return conflicts
    .map(({ path, hunks }) =>
      [
        `${path}:`,
        ...(hunks.length === 0 ? ['one side removed or replaced it, the other changed it'] : hunks),
      ].join('\n'),
    )
    .join('\n\n');
}
