import type { OverLimit } from '../domain/evidence.ts';
import type { SandboxLimits } from '../domain/sandbox-limits.ts';

/** Which limit a command has gone over, and the words for it. */
export type Excess = Pick<OverLimit, 'limit' | 'reason' | 'remedy'>;

/** The words for going over a limit. */
export function toExcess(limit: Excess['limit'], limits: SandboxLimits): Excess {
  switch (limit) {
    case 'processes':
      return {
        limit,
        reason: `It had more than ${limits.processes} processes and threads at the same time.`,
        remedy: `Let it start fewer, or raise BATON_SANDBOX_PROCESSES.`,
      };
    case 'memory':
      return {
        limit,
        reason: `It took more than ${toMib(limits.memoryBytes)} MiB of memory.`,
        remedy: 'Let it take less, or raise BATON_SANDBOX_MEMORY_MIB.',
      };
    case 'tree':
      return {
        limit,
        reason: `It made its tree larger than ${toMib(limits.treeBytes)} MiB.`,
        remedy: 'Let it write less, or raise BATON_SANDBOX_TREE_MIB.',
      };
    case 'files':
      return {
        limit,
        reason: `It made more than ${limits.treeFiles} files in its tree.`,
        remedy: 'Let it make fewer, or raise BATON_SANDBOX_TREE_FILES.',
      };
    case 'uncounted':
      return {
        limit,
        reason:
          'How large it made its tree could not be counted: du did not do it, or took longer than a minute.',
        remedy:
          'Retry. If it happens again, look at the server: its disk is very slow, it can open no more files, or the ' +
          'tree has millions of files.',
      };
    case 'volume':
      return {
        limit,
        reason: 'It was ended because the volume with the trees was nearly full.',
        remedy: `Free space on the volume of BATON_HOME, at least ${toMib(limits.freeBytes)} MiB, then retry.`,
      };
  }
}

/** Bytes in whole MiB. */
export function toMib(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}
