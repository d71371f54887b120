import type { ChangedFile, Evidence } from '../../domain/evidence.ts';
import { lockReaderOf } from '../manifests/lock-reader.ts';
import { isManifestOf } from '../manifests/lockfiles.ts';
import { manifestReaderOf } from '../manifests/manifest-reader.ts';
import { isOfModule, readGoMod, readGoModules } from '../manifests/read-go-mod.ts';
import { readRequirements } from '../manifests/read-requirements.ts';
import { toComparable } from '../manifests/to-comparable.ts';
import { readListing } from '../parts/read-text.ts';
import { findWorkspaceModules } from './find-workspace-modules.ts';
import { listIncluded } from './list-included.ts';

/** A package that the change asks for and the base did not. */
export interface NewDependency {
  /** As its registry compares names. */
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
 * What manifests ask for anew; and what a lock file brings anew although no manifest of it has changed, because then nobody
 * has asked for it. What comes along with a package that is asked for is not counted.
 */
export async function findNewDependencies(evidence: Evidence): Promise<NewDependencies> {
  const found: NewDependency[] = [];
  const unreadable: string[] = [];
  const known = new Set<string>();
  const readable = await listReadable(evidence);
  const own = readable.some(({ file }) => isGoMod(file.path))
    ? await findWorkspaceModules(evidence)
    : new Set();
  for (const one of readable) {
    const { path } = one.file;
    const names = await compare(evidence, one);
    if (names === null) {
      unreadable.push(path);
      continue;
    }
    for (const name of names.filter((other) => !known.has(other) && !(isGoMod(path) && own.has(other)))) {
      known.add(name);
      found.push({ name, path });
    }
  }
  return { found, unreadable };
}

interface Readable {
  readonly file: ChangedFile;
  readonly read: Read;
  /** What reads the base, where that is another. */
  readonly readBase?: Read;
}

/** The changed manifests, and lock files without one. */
async function listReadable(evidence: Evidence): Promise<readonly Readable[]> {
  const changed = (await evidence.changedFiles()).filter(({ status }) => status !== 'deleted');
  const others = changed.filter(({ path }) => manifestReaderOf(path) === null && lockReaderOf(path) === null);
  const included = others.length === 0 ? new Set<string>() : await listIncluded(evidence);
  const imported = await readImported(evidence);
  const manifests = changed.flatMap((file): readonly Readable[] => {
    const read = manifestReaderOf(file.path) ?? (included.has(file.path) ? readRequirements : null);
    if (read === null) {
      return [];
    }
    // What the base had for others only, and what the head imports, is new as well.
    return isGoMod(file.path)
      ? [{ file, read: (text: string) => readUsed(text, imported), readBase: readGoMod }]
      : [{ file, read }];
  });
  const locks = changed.flatMap((file) => {
    const read = lockReaderOf(file.path);
    const isFollowing = manifests.some((one) => isManifestOf(one.file.path, file.path));
    return read === null || isFollowing ? [] : [{ file, read }];
  });
  return [...manifests, ...locks];
}

function isGoMod(path: string): boolean {
  return /(?:^|\/)go\.mod$/.test(path);
}

/** The modules that are asked for, and those that are said to come along and are imported by the change itself. */
function readUsed(text: string, imported: readonly string[]): readonly string[] {
  return readGoModules(text).flatMap(({ name, isIndirect }) =>
    !isIndirect || imported.some((path) => isOfModule(path, name)) ? [name] : [],
  );
}

const GO_IMPORT = /^\s{0,40}(?:import\s+)?(?:[\w.]{1,100}\s+)?"([^"\s]{1,300})"/;

/** The packages that added lines of Go import. */
async function readImported(evidence: Evidence): Promise<readonly string[]> {
  const added = await evidence.addedLines();
  return added.flatMap(({ path, text }) => (path.endsWith('.go') ? (GO_IMPORT.exec(text)?.[1] ?? []) : []));
}

/** What is new in a file; null when it cannot be read now. One that could not be read before had asked for nothing. */
async function compare(
  evidence: Evidence,
  { file, read, readBase = read }: Readable,
): Promise<readonly string[] | null> {
  const before = namesIn(await readListing(evidence, 'base', file.from ?? file.path), readBase);
  const after = namesIn(await readListing(evidence, 'head', file.path), read);
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
