import { readChangedFiles } from '../git/changed-files.ts';
import { readDivergence } from '../git/commit-range.ts';
import type { GitStore } from '../git/git-store.ts';
import { mergeTrees } from '../git/merge-trees.ts';

/** What git says about merging one commit into another. */
export type PullFacts = {
  readonly mergeBase: string | null;
  readonly commits: number;
  readonly behind: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
  /** The tree of the merge; null for a conflict, or for histories without a common commit. */
  readonly mergedTree: string | null;
};

const MOST_REMEMBERED = 500;
const remembered = new WeakMap<GitStore, Map<string, Promise<PullFacts>>>();

/** Asks git once per pair of commits: what two commits are to each other never changes. */
export function readPullFacts(git: GitStore, base: string, head: string): Promise<PullFacts> {
  const known = remembered.get(git) ?? new Map<string, Promise<PullFacts>>();
  remembered.set(git, known);
  const key = `${base}..${head}`;
  const hit = known.get(key);
  if (hit) {
    return hit;
  }
  const asked = askGit(git, base, head);
  known.set(key, asked);
  const oldest = known.keys().next().value;
  if (known.size > MOST_REMEMBERED && oldest !== undefined) {
    known.delete(oldest);
  }
  void asked.catch(() => known.delete(key));
  return asked;
}

async function askGit(git: GitStore, base: string, head: string): Promise<PullFacts> {
  const divergence = await readDivergence(git, base, head);
  const [mergedTree, files] = await Promise.all([
    // git refuses to merge what has no common commit.
    divergence.mergeBase === null ? null : mergeTrees(git, base, head),
    readChangedFiles(git, divergence.mergeBase, head),
  ]);
  return {
    mergeBase: divergence.mergeBase,
    commits: divergence.ahead,
    behind: divergence.behind,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
    mergedTree,
  };
}
