import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha } from '../../domain/sha.ts';
import type { Repository } from '../../domain/subject.ts';
import type { Tree } from '../../ports/workspace.ts';
import type { Git } from '../git/run-git.ts';
import type { ProcessHome } from '../process-home.ts';
import { toFullName } from '../remote/remote.ts';
import { removeDirectory } from '../remove-directory.ts';

/** A tree with the index that remembers how its files looked when they were written. */
export interface OpenedTree extends Tree {
  readonly index: string;
}

const CHECKOUT_TIMEOUT_MS = 10 * 60_000;

/**
 * Writes the files of a commit into a new directory. One git process fills the index and the directory together,
 * so a later seal need only read what has changed since.
 */
export async function openTree(
  git: Git,
  place: { readonly gitDir: string; readonly home: ProcessHome },
  wanted: { readonly repository: Repository; readonly commit: Sha; readonly purpose: string },
): Promise<OpenedTree> {
  const { repository, commit } = wanted;
  const name = `${repository.id}-${toSlug(wanted.purpose)}-${randomUUID().slice(0, 8)}`;
  const path = join(place.home.trees, name);
  const index = join(place.home.indexes, name);
  async function close(): Promise<void> {
    await Promise.all([
      removeDirectory(path),
      rm(index, { force: true }),
      rm(`${index}.lock`, { force: true }),
    ]);
  }
  await mkdir(path, { mode: 0o700 });
  try {
    await git({
      repository: toFullName(repository),
      gitDir: place.gitDir,
      tree: { path, index },
      args: ['read-tree', '--reset', '-u', '--no-recurse-submodules', commit],
      timeoutMs: CHECKOUT_TIMEOUT_MS,
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { path, index, commit, close };
}

function toSlug(purpose: string): string {
  return purpose
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40);
}
