import type { ChangedFile, Evidence } from '../../domain/evidence.ts';
import { lockReaderOf } from '../manifests/lock-reader.ts';
import { manifestReaderOf } from '../manifests/manifest-reader.ts';
import { toComparable } from '../manifests/to-comparable.ts';
import { readText } from '../parts/read-text.ts';

/** A package that the change asks for and the base did not. */
export interface NewDependency {
  readonly name: string;
  /** The manifest or lock file that brings it. */
  readonly path: string;
}

export interface NewDependencies {
  readonly found: readonly NewDependency[];
  /** Manifests that cannot be read. */
  readonly unreadable: readonly string[];
}

type Read = (text: string) => readonly string[];

/**
 * What manifests ask for anew; and what a lock file brings anew although no manifest has changed, because then nobody has
 * asked for it. What comes along with a package that is asked for is not counted.
 */
export async function findNewDependencies(evidence: Evidence): Promise<NewDependencies> {
  const changed = (await evidence.changedFiles()).filter(({ status }) => status !== 'deleted');
  const manifests = changed.filter(({ path }) => manifestReaderOf(path) !== null);
  const locks = manifests.length > 0 ? [] : changed.filter(({ path }) => lockReaderOf(path) !== null);
  const found: NewDependency[] = [];
  const unreadable: string[] = [];
  const known = new Set<string>();
  for (const file of [...manifests, ...locks]) {
    const read = manifestReaderOf(file.path) ?? lockReaderOf(file.path);
    const names = read === null ? [] : await compare(evidence, file, read);
    if (names === null) {
      unreadable.push(file.path);
      continue;
    }
    for (const name of names.filter((one) => !known.has(one))) {
      known.add(name);
      found.push({ name, path: file.path });
    }
  }
  return { found, unreadable };
}

async function compare(evidence: Evidence, file: ChangedFile, read: Read): Promise<readonly string[] | null> {
  const before = namesIn(await readText(evidence, 'base', file.from ?? file.path), read);
  const after = namesIn(await readText(evidence, 'head', file.path), read);
  const old = new Set(before ?? []);
  return after === null ? null : [...new Set(after)].filter((name) => !old.has(name));
}

/** Null when the text cannot be read; names as their registries compare them. */
function namesIn(text: string | null, read: Read): readonly string[] | null {
  try {
    return text === null ? [] : read(text).map(toComparable);
  } catch {
    return null;
  }
}
