import { join } from 'node:path';
import { copyRefs } from '../git/import-commit.ts';
import { initGitStore } from '../git/init-git-store.ts';
import type { Account } from './account.ts';
import { newRepository, toFullName } from './new-repository.ts';
import type { Repository } from './repository.ts';

export type Fork = {
  readonly owner: Account;
  readonly name: string;
  /** Where the bare repositories are. */
  readonly directory: string;
  readonly nextId: () => number;
};

/** Makes a fork with branches, tags and objects of its own. It is as public as its parent. */
export async function forkRepository(parent: Repository, fork: Fork): Promise<Repository> {
  const git = await initGitStore(
    join(fork.directory, `${toFullName(fork.owner, fork.name)}.git`),
    parent.defaultBranch,
    parent.git.exclusively,
  );
  await copyRefs(git, parent.git);
  return newRepository(
    {
      owner: fork.owner,
      name: fork.name,
      private: parent.private,
      parent,
      git,
      description: parent.description,
      defaultBranch: parent.defaultBranch,
      allowAutoMerge: parent.allowAutoMerge,
      roles: new Map(),
      labels: [],
    },
    fork.nextId,
  );
}
