/** What one sandboxed command may use, together with all that it starts unless said otherwise. */
export interface SandboxLimits {
  /** Processes and threads. */
  readonly processes: number;
  /** Bytes of memory. */
  readonly memoryBytes: number;
  /** How many processors' worth of time; null for all. Has force only where there are control groups. */
  readonly cpus: number | null;
  /** Seconds of processor time of each process. */
  readonly cpuSeconds: number;
  /** Files that each process has open. */
  readonly openFiles: number;
  /** Bytes in one file. */
  readonly fileBytes: number;
  /** Bytes in its tree, with the files of the commit. */
  readonly treeBytes: number;
  /** Files and directories in its tree, with those of the commit. */
  readonly treeFiles: number;
  /** Bytes in `/tmp`, and as many again in its home. Both are in memory. */
  readonly tmpBytes: number;
  /** Bytes that must be free on the volume of its tree, or it is not started. */
  readonly freeBytes: number;
}

const MIB = 1024 ** 2;

export const DEFAULT_LIMITS: SandboxLimits = {
  processes: 1024,
  memoryBytes: 8192 * MIB,
  cpus: null,
  cpuSeconds: 2 * 60 * 60,
  openFiles: 8192,
  fileBytes: 2048 * MIB,
  treeBytes: 10_240 * MIB,
  treeFiles: 1_000_000,
  tmpBytes: 1024 * MIB,
  freeBytes: 1024 * MIB,
};
