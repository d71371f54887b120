import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import picomatch from 'picomatch';

/** Something in a tree over which nothing is laid. */
export interface Hidden {
  readonly path: string;
  readonly kind: 'directory' | 'file';
}

/**
 * What there is in a tree that is not to be seen, by globs. A link is followed as the process would follow it; one that
 * leads out of the tree leads to what the sandbox has there, which nobody but us has put there.
 */
export function findHidden(tree: string, globs: readonly string[]): readonly Hidden[] {
  if (globs.length === 0) {
    return [];
  }
  const isHidden = picomatch([...globs], { dot: true });
  const found = readdirSync(tree, { recursive: true, encoding: 'utf8' }).filter((path) => isHidden(path));
  const paths = new Set(found.flatMap((path) => toRealPath(join(tree, path)) ?? []));
  return [...paths]
    .filter((path) => path.startsWith(`${tree}${sep}`))
    .map((path) => ({ path, kind: statSync(path).isDirectory() ? 'directory' : 'file' }));
}

function toRealPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
