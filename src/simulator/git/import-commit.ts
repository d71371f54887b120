import type { GitStore } from './git-store.ts';

/** Copies a commit with its history from one repository into another. Moves no ref. */
export async function importCommit(git: GitStore, from: GitStore, sha: string): Promise<void> {
  await git.run(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', from.directory, sha]);
}

/** Copies all branches and tags of a repository, with what they reach. */
export async function copyRefs(git: GitStore, from: GitStore): Promise<void> {
  const refspecs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
  await git.run(['fetch', '--quiet', '--no-write-fetch-head', from.directory, ...refspecs]);
}
