import type { Evidence } from '../../domain/evidence.ts';

const MAX_BYTES = 1_000_000;

/** Programs write lock files, and requirements with hashes, that are longer than any that a person writes. */
const MAX_LISTING_BYTES = 20_000_000;

/** Manifests that people write. A parser of TOML takes ten seconds for what a lock file may have. */
const WRITTEN = /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.cfg|pipfile|cargo\.toml|go\.mod|gemfile)$/i;

type Side = 'base' | 'head';

/**
 * A text file of the base or the head; null when it is not there.
 * @throws Error when it is too large to be read.
 */
export async function readText(
  evidence: Pick<Evidence, 'readFile'>,
  at: Side,
  path: string,
): Promise<string | null> {
  return toText(path, await evidence.readFile(at, path), MAX_BYTES);
}

/**
 * The same of a file that lists packages: a manifest or a lock file. What programs write may be longer.
 * @throws Error when it is too large to be read.
 */
export async function readListing(
  evidence: Pick<Evidence, 'readFile'>,
  at: Side,
  path: string,
): Promise<string | null> {
  const max = WRITTEN.test(path) ? MAX_BYTES : MAX_LISTING_BYTES;
  return toText(path, await evidence.readFile(at, path), max);
}

function toText(path: string, bytes: Uint8Array | null, max: number): string | null {
  if (bytes !== null && bytes.byteLength > max) {
    throw new Error(`${path} has ${bytes.byteLength} bytes, and at most ${max} are read. Make it shorter.`);
  }
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
