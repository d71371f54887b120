import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Toolchains of the operator, as the sandbox is told of them. */
export interface ToolPaths {
  readonly readOnly: readonly string[];
  readonly path: readonly string[];
}

/**
 * Each directory of tools is readable and on the PATH. The programs in a `node_modules/.bin` are links into the
 * packages beside it, so there the whole `node_modules` is readable; a Python needs the library beside its `bin`.
 */
export function toToolPaths(directories: readonly string[]): ToolPaths {
  return { readOnly: directories.flatMap(toReadable), path: directories };
}

function toReadable(directory: string): readonly string[] {
  if (basename(directory) === '.bin') {
    return [dirname(directory)];
  }
  const library = join(dirname(directory), 'lib');
  return basename(directory) === 'bin' && hasPython(library) ? [directory, library] : [directory];
}

function hasPython(library: string): boolean {
  try {
    return readdirSync(library).some((name) => /^python3\.\d+$/.test(name));
  } catch {
    return false;
  }
}
