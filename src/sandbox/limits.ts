import { existsSync } from 'node:fs';
import type { SandboxLimits } from '../domain/sandbox-limits.ts';

/** What a command line sets limits with. */
interface LimitTools {
  /** Absolute path of the program; null where there is none. */
  readonly prlimit: string | null;
  /** The text of `/proc/self/limits`: above what this process may have, its children get nothing. */
  readonly own: string;
}

/**
 * A command line that sets limits and then becomes the command; empty where there is no program for that. Memory is not
 * among the limits: what the kernel can limit for a single process is what it reserves, and JavaScript and Go reserve
 * far more than they use. The number of processes has no force while the server runs as root. For both, the control
 * group or the watch has an eye on the whole.
 */
export function withLimits({ prlimit, own }: LimitTools, limits: SandboxLimits): readonly string[] {
  function atMost(name: string, limit: number): number {
    return Math.min(limit, toHardLimit(own, name));
  }
  return prlimit === null
    ? []
    : [
        prlimit,
        '--core=0',
        `--nproc=${atMost('processes', limits.processes)}`,
        `--fsize=${atMost('file size', limits.fileBytes)}`,
        `--nofile=${atMost('open files', limits.openFiles)}`,
        `--cpu=${atMost('cpu time', limits.cpuSeconds)}`,
        '--',
      ];
}

/** A line is the name, the soft limit, the hard one, and sometimes a unit. */
function toHardLimit(own: string, name: string): number {
  const hard = new RegExp(`^Max ${name} +\\S+ +(\\d+)`, 'm').exec(own)?.[1];
  return hard === undefined ? Number.POSITIVE_INFINITY : Number(hard);
}

/** Absolute path of the first of these programs that exists; null when none does. */
export function findProgram(candidates: readonly string[]): string | null {
  return candidates.find((path) => existsSync(path)) ?? null;
}
