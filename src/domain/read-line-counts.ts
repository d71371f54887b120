import { parseReference, type Referable } from './reference.ts';

const LINE_FEED = 10;

/**
 * How many lines the files have that these references name. Each is read once, one after the other, so that few are in
 * memory; one that cannot be read is as good as not there.
 */
export async function readLineCounts(
  references: readonly string[],
  readFile: (path: string) => Promise<Uint8Array | null>,
): Promise<Referable['lineCounts']> {
  const counts = new Map<string, number>();
  for (const path of new Set(references.flatMap(toPath))) {
    const content = await readFile(path).catch(() => null);
    if (content !== null) {
      counts.set(path, countLines(content));
    }
  }
  return counts;
}

function toPath(text: string): string[] {
  const reference = parseReference(text);
  return reference?.kind === 'lines' ? [reference.path] : [];
}

/** As an editor counts them: the last line need not be ended. */
function countLines(content: Uint8Array): number {
  const ends = content.reduce((sum, byte) => sum + (byte === LINE_FEED ? 1 : 0), 0);
  return content.length === 0 || content.at(-1) === LINE_FEED ? ends : ends + 1;
}
