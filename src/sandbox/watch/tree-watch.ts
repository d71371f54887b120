import type { SandboxLimits } from '../../domain/sandbox-limits.ts';
import { countUnlinked } from './count-unlinked.ts';
import { isWalkDue } from './is-walk-due.ts';
import { measureTrees } from './measure-trees.ts';
import { readVolume, type Volume } from './volume.ts';

type TreeLimit = 'tree' | 'files' | 'volume' | 'uncounted';

/** Looks at a tree, whatever else may be written to, and the volume they lie on. */
export interface TreeWatch {
  /** Cheap, unless the volume has lost enough that a walk through the tree is due. */
  look(): Promise<TreeLimit | null>;
  /**
   * A walk at the end of a command, when whatever it wrote must have been seen. The volume is not asked whether it is
   * worth it: somebody else may have freed meanwhile what this command has taken.
   */
  lookLast(): Promise<TreeLimit | null>;
}

/** What is looked at. */
export interface TreeWatched {
  readonly written: readonly string[];
  readonly limits: SandboxLimits;
  /** What was left before the command began: it may have written all of it by the first look. Null when unknown. */
  readonly before: Volume | null;
  /** Process id of the sandbox's first process; null until it is known. */
  readonly firstPid: () => number | null;
}

/** While a command runs, the volume may lose more than when it is started: others have begun on what is left. */
const NEARLY_FULL = 0.5;

/** All lie on one volume, below `BATON_HOME`. `signal` ends a walk that is under way; the last one is not under way then. */
export function createTreeWatch(
  { written, limits, before, firstPid }: TreeWatched,
  signal: AbortSignal,
): TreeWatch {
  const [path = '/'] = written;
  let walkedMs = performance.now();
  let lastTookMs = 0;
  let atWalk = before;

  async function readLost(): Promise<{ volume: Volume; lostBytes: number; lostFiles: number } | null> {
    const volume = await readVolume(path);
    return volume === null || atWalk === null
      ? null
      : {
          volume,
          lostBytes: atWalk.freeBytes - volume.freeBytes,
          lostFiles: atWalk.freeFiles - volume.freeFiles,
        };
  }
  async function walk(stop: AbortSignal): Promise<TreeLimit | null> {
    const startedMs = performance.now();
    const size = await measureTrees(written, stop);
    walkedMs = performance.now();
    lastTookMs = walkedMs - startedMs;
    if (size === null) {
      return stop.aborted ? null : 'uncounted';
    }
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
      if (!isWalkDue(state)) {
        return null;
      }
      atWalk = lost.volume;
      return walk(signal);
    },
    lookLast() {
      return walk(new AbortController().signal);
    },
  };
}
