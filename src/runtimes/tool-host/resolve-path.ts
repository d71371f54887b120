import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';

/**
 * Where a path of the model really leads: to something in the tree.
 * @throws Error when it is not there, or lies outside, be it by a link.
 */
export async function resolveExisting(root: string, path: string): Promise<string> {
  const asked = resolve(root, path);
  demandInside(root, asked, `${path} is outside the tree.`);
  const real = await realpath(asked).catch(() => null);
  if (real === null) {
    throw new Error(`${path} does not exist.`);
  }
  demandInside(root, real, `${path} leads out of the tree.`);
  return real;
}

/**
 * The same for a file that need not exist yet, nor its directories.
 * @throws Error when it would lie outside, or is a link to nothing.
 */
export async function resolveNew(root: string, path: string): Promise<string> {
  const asked = resolve(root, path);
  demandInside(root, asked, `${path} is outside the tree.`);
  if (asked === root || (await exists(asked))) {
    return resolveExisting(root, path);
  }
  const parent = await resolveNew(root, dirname(asked));
  return join(parent, basename(asked));
}

/** Whether there is an entry of that name, be it a link to nothing. */
async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}

function demandInside(root: string, path: string, complaint: string): void {
  if (path !== root && !path.startsWith(root + sep)) {
    throw new Error(complaint);
  }
}
