import type { ChangedFile } from '../git/changed-files.ts';
import type { Commit, Signature } from '../git/commit.ts';
import type { Account } from '../state/account.ts';
import { toNodeId } from '../state/node-id.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toRepositoryUrl } from './to-repository.ts';
import { toSimpleUser } from './to-simple-user.ts';

const UNSIGNED = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
} as const;

/** A commit as the commits API shows it, with the accounts its e-mail addresses belong to. */
export function toCommit(world: World, repository: Repository, commit: Commit) {
  const api = toRepositoryUrl(world, repository);
  const url = `${api}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: toNodeId('C', Number.parseInt(commit.sha.slice(0, 8), 16)),
    url,
    html_url: `${world.url}/${repository.fullName}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: { ...commit.author },
      committer: { ...commit.committer },
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      verification: UNSIGNED,
    },
    author: toCommitUser(world, commit.author),
    committer: toCommitUser(world, commit.committer),
    parents: toParents(world, repository, commit),
  } satisfies Rest['commit'];
}

/** A commit as the git data API shows it. */
export function toGitCommit(world: World, repository: Repository, commit: Commit): Rest['git-commit'] {
  const api = toRepositoryUrl(world, repository);
  return {
    sha: commit.sha,
    node_id: toNodeId('C', Number.parseInt(commit.sha.slice(0, 8), 16)),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${world.url}/${repository.fullName}/commit/${commit.sha}`,
    author: { ...commit.author },
    committer: { ...commit.committer },
    message: commit.message,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    parents: toParents(world, repository, commit),
    verification: UNSIGNED,
  };
}

/** One changed file of a commit, comparison or pull request. */
export function toDiffEntry(
  world: World,
  repository: Repository,
  of: { file: ChangedFile; sha: string },
): Rest['diff-entry'] {
  const { file, sha } = of;
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const html = `${world.url}/${repository.fullName}`;
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${sha}/${path}`,
    raw_url: `${html}/raw/${sha}/${path}`,
    contents_url: `${toRepositoryUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}

/** The account a commit's e-mail address belongs to, or null. */
export function findCommitAccount(world: World, signature: Signature): Account | null {
  const email = signature.email.toLowerCase();
  return [...world.accounts.values()].find((account) => account.email.toLowerCase() === email) ?? null;
}

function toCommitUser(world: World, signature: Signature) {
  const account = findCommitAccount(world, signature);
  return account && toSimpleUser(world, account);
}

function toParents(world: World, repository: Repository, commit: Commit) {
  return commit.parents.map((sha) => ({
    sha,
    url: `${toRepositoryUrl(world, repository)}/commits/${sha}`,
    html_url: `${world.url}/${repository.fullName}/commit/${sha}`,
  }));
}
