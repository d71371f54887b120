/** What is known of a volume and of the last walk through a tree on it. */
export interface WalkState {
  readonly sinceLastMs: number;
  /** How long the last walk took. */
  readonly lastTookMs: number;
  /** How much less is free on the volume than at the last walk. Others write there too. */
  readonly lostBytes: number;
  readonly lostFiles: number;
}

const SHORTEST_PAUSE_MS = 500;
/** Walks take at most one part in so many of the time. */
const PAUSES_PER_WALK = 20;
/** The volume may be told to have lost nothing, while somebody else frees what this one takes. */
const LONGEST_PAUSE_MS = 30_000;

/** Whether to walk through the tree: only what has grown is worth it, and never so often that walking is all we do. */
export function isWalkDue(state: WalkState): boolean {
  const { sinceLastMs, lastTookMs } = state;
  if (sinceLastMs < Math.max(SHORTEST_PAUSE_MS, PAUSES_PER_WALK * lastTookMs)) {
    return false;
  }
  return hasLost(state) || sinceLastMs >= LONGEST_PAUSE_MS;
}

const WORTH_BYTES = 32 * 1024 ** 2;
const WORTH_FILES = 5000;

/** Whether the volume has lost enough that a tree on it may have grown too large. */
function hasLost({ lostBytes, lostFiles }: Pick<WalkState, 'lostBytes' | 'lostFiles'>): boolean {
  return lostBytes >= WORTH_BYTES || lostFiles >= WORTH_FILES;
}
