import { existsSync } from 'node:fs';

/** What one sandboxed process (and each of its children) may use. */
export interface Limits {
  /** Processes and threads. Has no force while the server runs as root. */
  readonly processes: number;
  /** Bytes of private memory, per process. */
  readonly memoryBytes: number;
  /** Bytes in one file. */
  readonly fileBytes: number;
  readonly openFiles: number;
  /** Seconds of processor time, per process. */
  readonly cpuSeconds: number;
}

export const DEFAULT_LIMITS: Limits = {
  processes: 1024,
  memoryBytes: 8 * 1024 ** 3,
  fileBytes: 2 * 1024 ** 3,
  openFiles: 8192,
  cpuSeconds: 2 * 60 * 60,
};

/**
 * A command line that sets limits and then becomes the command. Address space is not limited: JavaScript and Go
 * reserve far more of it than they use.
 */
export function withLimits(prlimit: string, limits: Limits): readonly string[] {
  return [
    prlimit,
    '--core=0',
    `--nproc=${limits.processes}`,
    `--data=${limits.memoryBytes}`,
    `--fsize=${limits.fileBytes}`,
    `--nofile=${limits.openFiles}`,
    `--cpu=${limits.cpuSeconds}`,
    '--',
  ];
}

/** Absolute path of the first of these programs that exists; null when none does. */
export function findProgram(candidates: readonly string[]): string | null {
  return candidates.find((path) => existsSync(path)) ?? null;
}
