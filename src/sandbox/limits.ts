import { existsSync } from 'node:fs';
import type { SandboxLimits } from '../domain/sandbox-limits.ts';

/**
 * A command line that sets limits and then becomes the command. Memory is not among them: what the kernel can limit for
 * a single process is what it reserves, and JavaScript and Go reserve far more than they use. The number of processes
 * has no force while the server runs as root. For both, the control group or the watch has an eye on the whole.
 */
export function withLimits(prlimit: string, limits: SandboxLimits): readonly string[] {
  return [
    prlimit,
    '--core=0',
    `--nproc=${limits.processes}`,
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
