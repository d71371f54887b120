import { DEFAULT_LIMITS, type SandboxLimits } from '../domain/sandbox-limits.ts';
import type { Values } from './settings-table.ts';

const MIB = 1024 ** 2;

/** The operator's limits, in the units of the sandbox. */
export function toSandboxLimits(values: Values): SandboxLimits {
  return {
    processes: values.BATON_SANDBOX_PROCESSES,
    memoryBytes: values.BATON_SANDBOX_MEMORY_MIB * MIB,
    cpus: values.BATON_SANDBOX_CPUS ?? null,
    cpuSeconds: values.BATON_SANDBOX_CPU_MINUTES * 60,
    openFiles: DEFAULT_LIMITS.openFiles,
    fileBytes: values.BATON_SANDBOX_FILE_MIB * MIB,
    treeBytes: values.BATON_SANDBOX_TREE_MIB * MIB,
    treeFiles: values.BATON_SANDBOX_TREE_FILES,
    tmpBytes: values.BATON_SANDBOX_TMP_MIB * MIB,
    freeBytes: values.BATON_SANDBOX_FREE_MIB * MIB,
  };
}
