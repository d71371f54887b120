import type { ChangedFile, Evidence } from '../../domain/evidence.ts';

/** A text file before and after the change; null on the side where it is not there. */
export interface TextChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Something that makes a judge weaker. */
export interface Weakening {
  /** In the file as it is after the change. */
  readonly line?: number;
  readonly message: string;
}

/** Larger files are data, or made so that nobody reads them. */
const MAX_BYTES = 512 * 1024;

/** Reads both sides. */
export async function readTextChange(
  evidence: Evidence,
  { path, from = path }: ChangedFile,
): Promise<TextChange> {
  const [before, after] = await Promise.all([
    evidence.readFile('base', from),
    evidence.readFile('head', path),
  ]);
  return { path, before: toText(before), after: toText(after) };
}

/** Tools find their settings by name: who renames a file takes it from where it was, and adds another. */
export function splitRename(change: TextChange, { path, from = path }: ChangedFile): readonly TextChange[] {
  return from === path
    ? [change]
    : [
        { path: from, before: change.before, after: null },
        { path, before: null, after: change.after },
      ];
}

/** Of what is too large only its size is known: no tool's settings, so whoever looks for those will say so. */
function toText(bytes: Uint8Array | null): string | null {
  if (bytes === null) {
    return null;
  }
  return bytes.byteLength > MAX_BYTES ? `\0${bytes.byteLength} bytes` : new TextDecoder().decode(bytes);
}
