import { basename, dirname } from 'node:path';

/** Toolchains of the operator, as the sandbox is told of them. */
export interface ToolPaths {
  readonly readOnly: readonly string[];
  readonly path: readonly string[];
}

/**
 * Each directory of tools is readable and on the PATH. The programs in a `node_modules/.bin` are links into the
 * packages beside it, so there the whole `node_modules` is readable.
 */
export function toToolPaths(directories: readonly string[]): ToolPaths {
  return {
    readOnly: directories.map((directory) =>
      basename(directory) === '.bin' ? dirname(directory) : directory,
    ),
    path: directories,
  };
}
