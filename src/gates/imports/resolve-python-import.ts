import { posix } from 'node:path';
import type { PathIndex } from './source-import.ts';

/** Where the packages of a repository may begin, seen from its root. */
const ROOTS = ['', 'src/', 'lib/'];

/**
 * Whether a module is there. One that is asked for by its whole name is looked for only when its first part is a package
 * of this repository: others are installed, and for their tools.
 */
export function resolvesPython(files: PathIndex, from: string, specifier: string): boolean {
  const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(specifier) ?? [];
  const path = name.replaceAll('.', '/');
  if (dots !== '') {
    const base = toAncestor(posix.dirname(from), dots.length - 1);
    return base !== null && isModule(files, posix.join(base, path));
  }
  const [first = ''] = name.split('.');
  const beside = `${posix.dirname(from)}/`;
  const own = [...ROOTS, beside === './' ? '' : beside].filter((root) =>
    isOwnPackage(files, `${root}${first}`),
  );
  return own.length === 0 || own.some((root) => isModule(files, `${root}${path}`));
}

/** Null above the root. */
function toAncestor(directory: string, levels: number): string | null {
  const parts = directory === '.' ? [] : directory.split('/');
  return levels > parts.length ? null : parts.slice(0, parts.length - levels).join('/');
}

/** A directory without `__init__.py` may be anything, such as the data of a package that is installed. */
function isOwnPackage(files: PathIndex, path: string): boolean {
  return files.hasFile(`${path}/__init__.py`);
}

function isModule(files: PathIndex, path: string): boolean {
  const bare = path === '.' ? '' : path;
  return (
    files.hasDirectory(bare) ||
    ['.py', '.pyi', '.pyx', '.so'].some((ending) => files.hasFile(`${bare}${ending}`))
  );
}
