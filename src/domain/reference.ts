/** What evidence names: lines of a file at the judged commit, or a gate that judged it. */
export type Reference =
  | { readonly kind: 'gate'; readonly name: string }
  | { readonly kind: 'lines'; readonly path: string; readonly first: number; readonly last: number };

const GATE = 'gate:';
const LINES = /^(?:\.\/)?(.{1,250}):(\d{1,7})(?:-(\d{1,7}))?$/;

/** Reads `gate:<name>`, `path:line` or `path:line-line`; null when the text is none of them. */
export function parseReference(text: string): Reference | null {
  if (text.startsWith(GATE)) {
    return { kind: 'gate', name: text.slice(GATE.length) };
  }
  const [, path, from, to = from] = LINES.exec(text) ?? [];
  const first = Number(from);
  const last = Number(to);
  return path === undefined || first < 1 || last < first ? null : { kind: 'lines', path, first, last };
}

/** What there is to refer to at the judged commit. */
export interface Referable {
  /** Gates that ran on this very commit and passed. */
  readonly passedGates: ReadonlySet<string>;
  /** How many lines each file has; a file that is not there, or cannot be read, is not in it. */
  readonly lineCounts: ReadonlyMap<string, number>;
}

/** Why the reference does not hold; null when it does. */
export function toReferenceFault(text: string, { passedGates, lineCounts }: Referable): string | null {
  const reference = parseReference(text);
  if (reference === null) {
    return `${text} is neither path:line nor gate:name`;
  }
  if (reference.kind === 'gate') {
    return passedGates.has(reference.name) ? null : `${text} did not run and pass on this commit`;
  }
  const lines = lineCounts.get(reference.path);
  if (lines === undefined) {
    return `${text}: no such file in this commit`;
  }
  return reference.last <= lines ? null : `${text}: the file ends after line ${lines}`;
}
