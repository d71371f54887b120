import type { Evidence } from '../../domain/evidence.ts';

const MAX_BYTES = 1_000_000;

/**
 * A text file of the base or the head; null when it is not there.
 * @throws Error when it is too large to be read.
 */
export async function readText(
  evidence: Pick<Evidence, 'readFile'>,
  at: 'base' | 'head',
  path: string,
): Promise<string | null> {
  const bytes = await evidence.readFile(at, path);
  if (bytes !== null && bytes.byteLength > MAX_BYTES) {
    throw new Error(
      `${path} has ${bytes.byteLength} bytes, and at most ${MAX_BYTES} are read. Make it shorter.`,
    );
  }
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
