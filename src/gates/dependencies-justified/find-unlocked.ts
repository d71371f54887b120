import type { Evidence } from '../../domain/evidence.ts';
import { lockReaderOf } from '../manifests/lock-reader.ts';
import { isManifestOf } from '../manifests/lockfiles.ts';
import { isRequirements, lockedReaderOf, manifestReaderOf } from '../manifests/manifest-reader.ts';
import { toComparable } from '../manifests/to-comparable.ts';
import { readManifest } from '../parts/read-manifest.ts';
import { readListing, readText } from '../parts/read-text.ts';
import type { NewDependency } from './find-new.ts';

/** Manifests that do not say by themselves what is installed, and what writes the file that does. */
const REMEDIES: readonly { readonly manifest: RegExp; readonly remedy: string }[] = [
  {
    manifest: /(?:^|\/)package\.json$/i,
    remedy: 'Run `npm install --package-lock-only`, or the same of pnpm or yarn, and commit the lock file',
  },
  {
    manifest: /(?:^|\/)pyproject\.toml$/i,
    remedy: 'Run `uv lock`, or write it into a requirements.txt, and commit that',
  },
  { manifest: /(?:^|\/)go\.mod$/i, remedy: 'Run `go mod tidy`, and commit go.sum' },
  { manifest: /(?:^|\/)cargo\.toml$/i, remedy: 'Run `cargo update --workspace`, and commit Cargo.lock' },
];

/** A package that a manifest asks for, and that nothing would install or audit. */
export interface Unlocked extends NewDependency {
  readonly remedy: string;
}

/**
 * Those that no lock file beside the manifest or above it names, although it would. Told with the code, because what is
 * installed and audited later is what a lock file says. One that cannot be read by names is believed.
 */
export async function findUnlocked(
  evidence: Evidence,
  found: readonly NewDependency[],
): Promise<readonly Unlocked[]> {
  const unlocked: Unlocked[] = [];
  for (const one of found) {
    const remedy = REMEDIES.find(({ manifest }) => manifest.test(one.path))?.remedy;
    if (remedy !== undefined && (await isLockable(evidence, one)) && !(await isLocked(evidence, one))) {
      unlocked.push({ ...one, remedy });
    }
  }
  return unlocked;
}

/** Whether a lock file holds it at all. */
async function isLockable(evidence: Evidence, { name, path }: NewDependency): Promise<boolean> {
  const text = await readListing(evidence, 'head', path);
  const names = text === null ? [] : (lockedReaderOf(path)?.(text) ?? []);
  return names.some((one) => toComparable(one) === name);
}

async function isLocked(evidence: Evidence, { name, path }: NewDependency): Promise<boolean> {
  const locks = (await evidence.paths()).filter((lock) => isLockOf(lock, path));
  for (const lock of locks) {
    const names = await readNames(evidence, lock);
    if (names === null || names.some((one) => toComparable(one) === name)) {
      return true;
    }
  }
  return await isOwnPackage(evidence, name, path);
}

/** pip installs what requirements name, and nothing of a pyproject.toml. */
function isLockOf(lock: string, manifest: string): boolean {
  const isRequired = isRequirements(lock) && /(?:^|\/)pyproject\.toml$/i.test(manifest);
  return isManifestOf(manifest, lock) || (isRequired && manifest.startsWith(lock.replace(/[^/]*$/, '')));
}

/** Null when it is not read by names, or not in the shape that is known. */
async function readNames(evidence: Evidence, lock: string): Promise<readonly string[] | null> {
  const read = lockReaderOf(lock) ?? (isRequirements(lock) ? manifestReaderOf(lock) : null);
  const text = read === null ? null : await readListing(evidence, 'head', lock);
  try {
    return read === null || text === null ? null : read(text);
  } catch {
    return null;
  }
}

/** A package of the same repository is in no registry, and some lock files leave it out. */
async function isOwnPackage(evidence: Evidence, name: string, manifest: string): Promise<boolean> {
  if (!/(?:^|\/)package\.json$/i.test(manifest)) {
    return false;
  }
  const others = (await evidence.paths()).filter((path) => /(?:^|\/)package\.json$/.test(path));
  const manifests = await Promise.all(
    others.slice(0, 500).map(async (path) => readManifest(await readText(evidence, 'head', path))),
  );
  return manifests.some((one) => typeof one?.['name'] === 'string' && toComparable(one['name']) === name);
}
