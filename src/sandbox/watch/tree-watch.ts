import type { SandboxLimits } from '../../domain/sandbox-limits.ts';
import { countUnlinked } from './count-unlinked.ts';
import { hasLost, isWalkDue } from './is-walk-due.ts';
import { measureTrees } from './measure-trees.ts';
import { readVolume, type Volume } from './volume.ts';

type TreeLimit = 'tree' | 'files' | 'volume';

/** Looks at a tree, whatever else may be written to, and the volume they lie on. */
export interface TreeWatch {
  /** Cheap, unless the volume has lost enough that a walk through the tree is due. */
  look(): Promise<TreeLimit | null>;
  /** The same at the end of a command, when whatever it wrote must have been seen. */
  lookLast(): Promise<TreeLimit | null>;
}

/** What is looked at. */
export interface TreeWatched {
  readonly written: readonly string[];
  readonly limits: SandboxLimits;
  /** Process id of the sandbox's first process; null until it is known. */
  readonly firstPid: () => number | null;
}

/** While a command runs, the volume may lose more than when it is started: others have begun on what is left. */
const NEARLY_FULL = 0.5;

/** All lie on one volume, below `BATON_HOME`. `signal` ends a walk that is under way; the last one is not under way then. */
export function createTreeWatch({ written, limits, firstPid }: TreeWatched, signal: AbortSignal): TreeWatch {
  const [path = '/'] = written;
  let walkedMs = performance.now();
  let lastTookMs = 0;
  const begun = readVolume(path);
  let atWalk: Volume | null = null;

  async function readLost(): Promise<{ volume: Volume; lostBytes: number; lostFiles: number } | null> {
    const volume = await readVolume(path);
    atWalk ??= await begun;
    return volume === null || atWalk === null
      ? null
      : {
          volume,
          lostBytes: atWalk.freeBytes - volume.freeBytes,
          lostFiles: atWalk.freeFiles - volume.freeFiles,
        };
  }
  async function walk(volume: Volume, stop: AbortSignal): Promise<TreeLimit | null> {
    const startedMs = performance.now();
    const size = await measureTrees(written, stop);
    walkedMs = performance.now();
    lastTookMs = walkedMs - startedMs;
    if (size === null) {
      // What cannot be counted in the time that a walk has is too much.
      return stop.aborted ? null : 'files';
    }
    atWalk = volume;
    const pid = firstPid();
    const unlinked = pid === null || stop !== signal ? 0 : countUnlinked(pid, path);
    if (size.bytes + unlinked > limits.treeBytes) {
      return 'tree';
    }
    return size.files > limits.treeFiles ? 'files' : null;
  }
  return {
    async look() {
      const lost = await readLost();
      if (lost === null) {
        return null;
      }
      if (lost.volume.freeBytes < limits.freeBytes * NEARLY_FULL) {
        return 'volume';
      }
      const state = { ...lost, sinceLastMs: performance.now() - walkedMs, lastTookMs };
      return isWalkDue(state) ? walk(lost.volume, signal) : null;
    },
    async lookLast() {
      const lost = await readLost();
      return lost !== null && hasLost(lost) ? walk(lost.volume, new AbortController().signal) : null;
    },
  };
}
