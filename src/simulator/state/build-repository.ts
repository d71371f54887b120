import { join } from 'node:path';
import { type ImportedFile, readDirectoryFiles } from '../git/import-files.ts';
import { initGitStore } from '../git/init-git-store.ts';
import { writeInitialCommit } from '../git/write-initial-commit.ts';
import type { CheckedSeed } from '../seed.ts';
import type { Account } from './account.ts';
import { newRepository, toFullName } from './new-repository.ts';
import type { Repository } from './repository.ts';
import { timestamp } from './timestamp.ts';

type RepositorySeed = CheckedSeed['repositories'][number];
type Place = { readonly owner: Account; readonly directory: string; readonly nextId: () => number };

/** Makes the bare repository of a seed, with its first commit, and the state beside it. */
export async function buildRepository(seed: RepositorySeed, place: Place): Promise<Repository> {
  const { owner } = place;
  const git = await initGitStore(
    join(place.directory, `${toFullName(owner, seed.name)}.git`),
    seed.defaultBranch,
  );
  const files = await collectFiles(seed);
  if (files.length > 0) {
    const author = { name: owner.name, email: owner.email, date: timestamp() };
    await writeInitialCommit(git, { branch: seed.defaultBranch, files, message: 'Initial commit', author });
  }
  return newRepository(
    {
      owner,
      name: seed.name,
      private: seed.private,
      parent: null,
      git,
      description: seed.description ?? null,
      defaultBranch: seed.defaultBranch,
      allowAutoMerge: seed.allowAutoMerge,
      roles: toRoles(seed),
      labels: seed.labels,
    },
    place.nextId,
  );
}

/** The roles of a seed, by login in lower case. */
export function toRoles(seed: RepositorySeed): Repository['roles'] {
  return new Map(Object.entries(seed.roles).map(([login, role]) => [login.toLowerCase(), role]));
}

async function collectFiles(seed: RepositorySeed): Promise<ImportedFile[]> {
  const imported = seed.directory === undefined ? [] : await readDirectoryFiles(seed.directory);
  const inline = Object.entries(seed.files ?? {}).map(([path, content]) => ({
    path,
    mode: '100644',
    content,
  }));
  const laidOver = new Set(inline.map((file) => file.path));
  return [...imported.filter((file) => !laidOver.has(file.path)), ...inline];
}
