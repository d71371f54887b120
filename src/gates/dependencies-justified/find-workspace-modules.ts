import type { Evidence } from '../../domain/evidence.ts';
import { directoryOf, resolvePath } from '../../domain/resolve-path.ts';
import { lockReaderOf } from '../manifests/lock-reader.ts';
import { toComparable } from '../manifests/to-comparable.ts';
import { readListing } from '../parts/read-text.ts';

/** `use ./api`, or a line between the brackets of `use (...)`. */
const USED = /^\s{0,40}(?:use\s+)?"?(\.{1,2}(?:\/[^\s"]{0,300})?)"?\s{0,40}(?:\/\/.*)?$/;
const MODULE = /^\s{0,40}module\s+"?([^\s"]{1,300})/m;
/** Each module is a line. */
const MAX_LINES = 1_000;

/**
 * The modules of the repository's `go.work` files, as registries compare names: Go builds them from their directories. One
 * that a go.sum names is fetched all the same, so it is none of them.
 */
export async function findWorkspaceModules(evidence: Evidence): Promise<ReadonlySet<string>> {
  const paths = await evidence.paths();
  const names = new Set<string>();
  for (const directory of await listUsed(evidence, paths)) {
    const text = await readListing(evidence, 'head', directory === '' ? 'go.mod' : `${directory}/go.mod`);
    const name = MODULE.exec(text ?? '')?.[1];
    if (name !== undefined) {
      names.add(toComparable(name));
    }
  }
  const fetched = names.size === 0 ? names : await readFetched(evidence, paths);
  return new Set([...names].filter((name) => !fetched.has(name)));
}

/** The directories that are used; one outside of the repository nobody has seen. */
async function listUsed(evidence: Evidence, paths: readonly string[]): Promise<readonly string[]> {
  const directories = new Set<string>();
  for (const path of paths.filter((one) => /(?:^|\/)go\.work$/.test(one))) {
    const lines = ((await readListing(evidence, 'head', path)) ?? '').split('\n');
    for (const line of lines.slice(0, MAX_LINES)) {
      const used = USED.exec(line.slice(0, 1_000))?.[1];
      const directory = used === undefined ? null : resolvePath(directoryOf(path), used);
      if (directory !== null) {
        directories.add(directory);
      }
    }
  }
  return [...directories];
}

async function readFetched(evidence: Evidence, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const fetched = new Set<string>();
  for (const path of paths.filter((one) => /(?:^|\/)go\.(?:work\.)?sum$/.test(one))) {
    const names = lockReaderOf(path)?.((await readListing(evidence, 'head', path)) ?? '') ?? [];
    for (const name of names) {
      fetched.add(toComparable(name));
    }
  }
  return fetched;
}
