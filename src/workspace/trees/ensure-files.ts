import { mkdir, rm } from 'node:fs/promises';
import type { Sha } from '../../domain/sha.ts';
import type { Repository } from '../../domain/subject.ts';
import type { Git } from '../git/run-git.ts';
import { toFullName } from '../remote/remote.ts';
import { removeDirectory } from '../remove-directory.ts';

/** A directory, and the index that remembers how its files looked when they were written. */
export interface IndexedDirectory {
  readonly path: string;
  readonly index: string;
}

/** A commit in the mirror of its repository. */
export interface MirroredCommit {
  readonly repository: Repository;
  readonly gitDir: string;
  readonly commit: Sha;
}

const TIMEOUT_MS = 10 * 60_000;

/**
 * Makes the directory hold the files of a commit. Git compares each file with its memory of it in the index and writes
 * those that are missing or look different, so an empty directory is filled and another commit's is brought up to date.
 */
export async function ensureFiles(
  git: Git,
  directory: IndexedDirectory,
  wanted: MirroredCommit,
): Promise<void> {
  await mkdir(directory.path, { mode: 0o700, recursive: true });
  await git({
    repository: toFullName(wanted.repository),
    gitDir: wanted.gitDir,
    tree: directory,
    args: ['read-tree', '--reset', '-u', '--no-recurse-submodules', wanted.commit],
    timeoutMs: TIMEOUT_MS,
  });
}

/** Removes the directory and its index. Safe to call when they are gone. */
export async function removeFiles({ path, index }: IndexedDirectory): Promise<void> {
  await Promise.all([
    removeDirectory(path),
    rm(index, { force: true }),
    rm(`${index}.lock`, { force: true }),
  ]);
}
