import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Mount } from '../ports/sandbox.ts';

/**
 * Makes the empty directories of the tree over which something is laid. Git keeps no empty directories, so they are in
 * no checkpoint.
 * @throws Error when something else is there: a link could lead out of the tree.
 */
export function ensureMountPoints(tree: string, mounts: readonly Mount[]): void {
  for (const { at } of mounts.filter((mount) => !mount.at.startsWith('~/'))) {
    let path = tree;
    for (const part of at.split('/')) {
      path = join(path, part);
      ensureDirectory(path, at);
    }
  }
}

function ensureDirectory(path: string, at: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    mkdirSync(path);
  } else if (!stat.isDirectory()) {
    throw new Error(`the tree has something else than a directory at ${at}`);
  }
}
