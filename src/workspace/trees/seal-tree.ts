import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../domain/finding.ts';
import type { Sha } from '../../domain/sha.ts';
import type { Seal, Sealed } from '../../ports/workspace.ts';
import { type RawChange, toRawDiff } from '../diff/raw-changes.ts';
import { GitError } from '../git/git-error.ts';
import type { Git, GitCall } from '../git/run-git.ts';
import { toFullName } from '../remote/remote.ts';
import { restoreAccess } from '../remove-directory.ts';
import { commitTree, type Identity } from './commit-tree.ts';
import { findClashes } from './find-clashes.ts';
import { inspectChanges } from './inspect-changes.ts';
import { inspectDirectory } from './inspect-directory.ts';
import type { OpenedTree } from './open-tree.ts';
import { toShown } from './shown-path.ts';

type Place = Pick<GitCall, 'gitDir' | 'repository'>;

const ADD_TIMEOUT_MS = 5 * 60_000;

/** Makes a commit of what lies in the tree, on top of the tree's commit. The tree has no say in how. */
export async function sealTree(
  git: Git,
  place: { readonly gitDir: string; readonly tree: OpenedTree; readonly identity: Identity },
  seal: Seal,
): Promise<Sealed> {
  const { tree, gitDir } = place;
  const mirror: Place = { gitDir, repository: toFullName(seal.repository) };
  const nested = await inspectDirectory(tree.path);
  const early = nested.length > 0 ? nested : await inspectSubmodules(git, mirror, tree);
  if (early.length > 0) {
    return { kind: 'refused', findings: early };
  }
  await addAll(git, mirror, tree);
  const treeId = await readLine(git, { ...mirror, tree, args: ['write-tree'] });
  const changes = await readChanges(git, mirror, { from: tree.commit, to: treeId });
  if (changes.length === 0) {
    return { kind: 'unchanged' };
  }
  const findings = [
    ...(await inspectChanges(changes, (change) => readTarget(git, mirror, change), tree.path)),
    ...(await inspectNames(git, { mirror, changes, base: tree.commit })),
  ];
  if (findings.length > 0) {
    return { kind: 'refused', findings };
  }
  const commit = await commitTree(
    git,
    { mirror, identity: place.identity },
    {
      ...seal,
      treeId,
      parents: seal.parents ?? [tree.commit],
    },
  );
  return { kind: 'sealed', commit };
}

/** A submodule's directory must be as it was written: empty. Git would start itself in a filled one. */
async function inspectSubmodules(git: Git, mirror: Place, tree: OpenedTree): Promise<readonly Finding[]> {
  const { stdout } = await git({ ...mirror, tree, args: ['ls-files', '--stage', '-z'] });
  const entries = stdout.toString().split('\0');
  const findings: Finding[] = [];
  for (const entry of entries.filter((line) => line.startsWith('160000 '))) {
    const path = entry.slice(entry.indexOf('\t') + 1);
    if (await isFilled(join(tree.path, path))) {
      findings.push({
        path: toShown(path),
        message: 'A submodule must stay as it is. Empty its directory.',
        severity: 'error',
      });
    }
  }
  return findings;
}

async function isFilled(path: string): Promise<boolean> {
  const stat = await lstat(path).catch(() => null);
  return stat?.isDirectory() === true && (await readdir(path)).length > 0;
}

async function addAll(git: Git, mirror: Place, tree: OpenedTree): Promise<void> {
  const call: GitCall = { ...mirror, tree, args: ['add', '--all'], timeoutMs: ADD_TIMEOUT_MS };
  try {
    await git(call);
  } catch (error) {
    if (!(error instanceof GitError) || !/permission denied/i.test(error.facts.stderr)) {
      throw error;
    }
    await restoreAccess(tree.path);
    await git(call);
  }
}

async function readChanges(
  git: Git,
  mirror: Place,
  between: { from: Sha; to: Sha },
): Promise<readonly RawChange[]> {
  const { stdout } = await git({
    ...mirror,
    args: [
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      '--ignore-submodules=none',
      '--end-of-options',
      between.from,
      between.to,
    ],
  });
  return toRawDiff(stdout).changes;
}

/** Most changes add no file, so that the names of a large base need not be read. */
async function inspectNames(
  git: Git,
  { mirror, changes, base }: { mirror: Place; changes: readonly RawChange[]; base: Sha },
): Promise<readonly Finding[]> {
  if (!changes.some(({ status }) => status === 'A')) {
    return [];
  }
  const { stdout } = await git({
    ...mirror,
    args: ['ls-tree', '-r', '-z', '--name-only', '--full-tree', '--end-of-options', base],
  });
  return findClashes(changes, stdout.toString().split('\0').slice(0, -1));
}

async function readTarget(git: Git, mirror: Place, change: RawChange): Promise<string> {
  const { stdout } = await git({ ...mirror, args: ['cat-file', 'blob', change.blob] });
  return stdout.toString();
}

async function readLine(git: Git, call: GitCall): Promise<string> {
  const { stdout } = await git(call);
  return stdout.toString().trim();
}
