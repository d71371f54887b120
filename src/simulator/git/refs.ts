import type { GitStore } from './git-store.ts';
import { GitFailed } from './run-git.ts';

export const ZERO_SHA = '0'.repeat(40);
/** Where the heads and test merges of pull requests are kept. */
export const PULL_REFS = 'refs/pull/';
const LEAST_SHA = /^[0-9a-f]{40}$/;

/** True for a full object name. */
function isSha(text: string): boolean {
  return LEAST_SHA.test(text);
}

/** All refs by full name. */
export async function readRefs(git: GitStore): Promise<Map<string, string>> {
  const lines = (await git.run(['for-each-ref', '--format=%(objectname) %(refname)'])).toString().split('\n');
  return new Map(lines.filter(Boolean).map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** The refs which people move: all but those kept for pull requests, which only the simulator moves. */
export async function readMovableRefs(git: GitStore): Promise<Map<string, string>> {
  return new Map([...(await readRefs(git))].filter(([ref]) => !ref.startsWith(PULL_REFS)));
}

/** The commit a branch, tag, full ref or SHA names, or null. */
export async function resolveCommit(git: GitStore, name: string): Promise<string | null> {
  if (!isPlainName(name)) {
    return null;
  }
  const candidates = isSha(name) ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`, name];
  for (const candidate of candidates) {
    const found = await git.objects.read(`${candidate}^{commit}`);
    if (found) {
      return found.sha;
    }
  }
  return null;
}

/** The object a full ref points at, or null. */
export async function resolveRef(
  git: GitStore,
  ref: string,
): Promise<{ sha: string; type: 'commit' | 'tree' | 'blob' | 'tag' } | null> {
  return isPlainName(ref) ? await git.objects.read(ref) : null;
}

/** True when the ref may be created as it is spelled. */
export async function isValidRef(git: GitStore, ref: string): Promise<boolean> {
  return succeeds(git.run(['check-ref-format', ref]));
}

/** True when `ancestor` is reachable from `descendant`. */
export async function isAncestor(git: GitStore, ancestor: string, descendant: string): Promise<boolean> {
  return succeeds(git.run(['merge-base', '--is-ancestor', ancestor, descendant]));
}

/** Moves a ref only if it still is at `from` (all zeros: it must not exist). */
export async function moveRef(
  git: GitStore,
  ref: string,
  move: { from: string; to: string },
): Promise<boolean> {
  return succeeds(git.run(['update-ref', ref, move.to, move.from]));
}

/** Puts a ref at a commit, wherever it was. */
export async function putRef(git: GitStore, ref: string, sha: string): Promise<void> {
  await git.run(['update-ref', ref, sha]);
}

/** Removes a ref. */
export async function deleteRef(git: GitStore, ref: string): Promise<void> {
  await git.run(['update-ref', '-d', ref]);
}

// Revision operators (`~`, `^`, `:`, `@{`, `..`) are no part of a name in GitHub's API.
function isPlainName(name: string): boolean {
  return name.length > 0 && name.length < 1024 && !/[~^:?*[\\\s]|\.\.|@\{/.test(name);
}

async function succeeds(command: Promise<unknown>): Promise<boolean> {
  try {
    await command;
    return true;
  } catch (error) {
    if (error instanceof GitFailed) {
      return false;
    }
    throw error;
  }
}
