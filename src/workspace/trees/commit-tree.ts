import type { Sha } from '../../domain/sha.ts';
import type { Seal } from '../../ports/workspace.ts';
import type { Git, GitCall } from '../git/run-git.ts';
import { toCommitMessage } from './commit-message.ts';

/** Who the checkpoints are by: the App. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Makes a commit of a tree object. The same seal gives the same commit. */
export async function commitTree(
  git: Git,
  place: { readonly mirror: Pick<GitCall, 'gitDir' | 'repository'>; readonly identity: Identity },
  seal: Seal & { readonly treeId: string; readonly parents: readonly [Sha, ...Sha[]] },
): Promise<Sha> {
  const { stdout } = await git({
    ...place.mirror,
    args: [
      'commit-tree',
      '--no-gpg-sign',
      ...seal.parents.flatMap((parent) => ['-p', parent]),
      '-F',
      '-',
      seal.treeId,
    ],
    input: toCommitMessage(seal),
    environment: toAuthorship(place.identity, seal.at),
  });
  return stdout.toString().trim();
}

/** Who made a commit, and when (ISO 8601), for git's environment. */
export function toAuthorship({ name, email }: Identity, at: string): Record<string, string> {
  const date = `@${Math.floor(Date.parse(at) / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
}
