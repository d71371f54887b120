import { directoryOf, resolvePath } from '../../domain/resolve-path.ts';
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
    const target = resolvePath(directoryOf(from), `${'../'.repeat(dots.length - 1)}${path}`);
    return target !== null && isModule(files, target);
  }
  const [first = ''] = name.split('.');
  const beside = directoryOf(from) === '' ? '' : `${directoryOf(from)}/`;
  const own = [...ROOTS, beside].filter((root) => isOwnPackage(files, `${root}${first}`));
  return own.length === 0 || own.some((root) => isModule(files, `${root}${path}`));
}

/** A directory without `__init__.py` may be anything, such as the data of a package that is installed. */
function isOwnPackage(files: PathIndex, path: string): boolean {
  return files.hasFile(`${path}/__init__.py`);
}

function isModule(files: PathIndex, path: string): boolean {
  return (
    files.hasDirectory(path) ||
    ['.py', '.pyi', '.pyx', '.so'].some((ending) => files.hasFile(`${path}${ending}`))
  );
}
