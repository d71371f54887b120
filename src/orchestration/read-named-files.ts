import type { Sha } from '../domain/sha.ts';
import type { Repository } from '../domain/subject.ts';
import type { Workspace } from '../ports/workspace.ts';

/** More manifests than any repository has use for. */
const MOST_FILES = 2_000;

/** Where they are read. */
interface Place {
  readonly workspace: Pick<Workspace, 'readFile' | 'findFiles'>;
  readonly repository: Repository;
  readonly commit: Sha;
}

/** The files that were found, by their path; or how many there are, when that is more than are read. */
export type NamedFiles =
  | { readonly kind: 'read'; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: 'too-many'; readonly count: number };

/** Files of a commit in any directory, by their names. What a package has brought into the repository is none of its own. */
export async function readNamedFiles(
  names: readonly string[],
  { workspace, repository, commit }: Place,
): Promise<NamedFiles> {
  const found = names.length === 0 ? [] : await workspace.findFiles(repository, commit, names);
  const paths = found.filter((path) => !path.split('/').includes('node_modules'));
  if (paths.length > MOST_FILES) {
    return { kind: 'too-many', count: paths.length };
  }
  const files = new Map<string, Uint8Array>();
  for (const path of paths) {
    const bytes = await workspace.readFile(repository, commit, path);
    if (bytes !== null) {
      files.set(path, bytes);
    }
  }
  return { kind: 'read', files };
}
