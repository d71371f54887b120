import {
  type RepositoryCatalog,
  readRepositoryCatalog,
  type ServerCatalog,
} from '../catalog/read-repository-catalog.ts';
import type { Sha } from '../domain/sha.ts';
import type { Repository } from '../domain/subject.ts';
import type { Workspace } from '../ports/workspace.ts';

/** Commits whose catalogs are kept: a commit never changes, and most runs begin at one of the newest. */
const KEPT = 50;

/** What holds in a repository at a commit. Rejects with a `CatalogError` that names every fault. */
export type CatalogAt = (repository: Repository, commit: Sha) => Promise<RepositoryCatalog>;

/** Reads the catalogs of repositories over the server's own, each commit once. */
export function createRepositoryCatalogs(
  server: ServerCatalog,
  workspace: Pick<Workspace, 'readFile' | 'listFiles'>,
): CatalogAt {
  const kept = new Map<string, Promise<RepositoryCatalog>>();
  return (repository, commit) => {
    const key = `${repository.id}:${commit}`;
    const known = kept.get(key);
    if (known !== undefined) {
      return known;
    }
    const reading = readRepositoryCatalog(server, {
      readFile: (path) => workspace.readFile(repository, commit, path),
      listFiles: (directory) => workspace.listFiles(repository, commit, directory),
    });
    kept.set(key, reading);
    // What could not be read may be readable the next time.
    reading.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) {
      kept.delete(oldest);
    }
    return reading;
  };
}
