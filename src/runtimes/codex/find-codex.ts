import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findPackage } from '../packages/find-package.ts';
import { toInstallLine } from '../packages/pin.ts';
import { requirePackages } from '../packages/require-packages.ts';

/** The program of Codex, and what lies beside it. */
export interface CodexProgram {
  /** Absolute path of `codex`. */
  readonly program: string;
  /** All that it needs. */
  readonly directory: string;
  /** Tools that come with it, for the PATH. */
  readonly path: readonly string[];
}

const TRIPLES: Readonly<Record<string, string>> = {
  x64: 'x86_64-unknown-linux-musl',
  arm64: 'aarch64-unknown-linux-musl',
};

/**
 * Looks for Codex in the directory of runtimes.
 * @throws Error with the line that installs it, when it is not there as it should be.
 */
export function findCodex(directory: string): CodexProgram {
  const { '@openai/codex': root = '' } = requirePackages('codex', directory);
  const native = findPackage(`@openai/codex-linux-${process.arch}`, root);
  const home = join(native?.root ?? root, 'vendor', TRIPLES[process.arch] ?? 'none');
  const program = join(home, 'bin/codex');
  if (!existsSync(program)) {
    throw new Error(
      `BATON_RUNTIME is codex, but its program for linux on ${process.arch} is not installed. Let npm install optional ` +
        `packages, and do it again: ${toInstallLine('codex')}`,
    );
  }
  return {
    program,
    directory: dirname(dirname(program)),
    path: [join(home, 'codex-path')].filter((path) => existsSync(path)),
  };
}
