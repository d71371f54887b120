/** What was measured of one agent. */
export interface Vitals {
  readonly alive: boolean;
  /** Since it was last heard of, in milliseconds; null when it never was. */
  readonly silentMs: number | null;
  /** Share of one processor since the last look, in percent; null at the first. */
  readonly cpuPercent: number | null;
  readonly memoryBytes: number;
}

/** What is wrong with an agent. An error means that it does no more work. */
export interface Ailment {
  readonly level: 'warning' | 'error';
  readonly kind: 'stale' | 'busy' | 'large' | 'dead' | 'mute';
  readonly words: string;
}

const BUSY_PERCENT = 80;
const MIB = 1024 ** 2;

/** What an agent may do. */
interface Bounds {
  readonly memoryMb: number;
  /** Whether it has to have been heard of. */
  readonly heard: 'yet' | 'by now';
  /** Silence after which it may hang, in milliseconds. */
  readonly staleMs: number;
}

/** What the vitals say, the worst first; nothing when the agent is well. */
export function judgeHealth(vitals: Vitals, bounds: Bounds): readonly Ailment[] {
  if (!vitals.alive) {
    return [{ level: 'error', kind: 'dead', words: 'its process is dead' }];
  }
  return [...judgeSilence(vitals, bounds), ...judgeUse(vitals, bounds.memoryMb)];
}

/** The same in one word. */
export function toStatus(ailments: readonly Ailment[]): 'running' | 'silent' | 'dead' {
  const kinds = ailments.map(({ kind }) => kind);
  if (kinds.includes('dead')) {
    return 'dead';
  }
  return kinds.includes('stale') || kinds.includes('mute') ? 'silent' : 'running';
}

/** An agent that has just begun may not have said anything yet. */
function judgeSilence({ silentMs }: Vitals, { heard, staleMs }: Bounds): readonly Ailment[] {
  if (silentMs === null) {
    return heard === 'yet' ? [] : [{ level: 'error', kind: 'mute', words: 'it was never heard of' }];
  }
  return silentMs > staleMs
    ? [
        {
          level: 'warning',
          kind: 'stale',
          words: `it was last heard of ${Math.round(silentMs / 1000)} s ago`,
        },
      ]
    : [];
}

function judgeUse({ cpuPercent, memoryBytes }: Vitals, memoryMb: number): readonly Ailment[] {
  const ailments: Ailment[] = [];
  if (cpuPercent !== null && cpuPercent > BUSY_PERCENT) {
    ailments.push({
      level: 'warning',
      kind: 'busy',
      words: `it uses ${cpuPercent.toFixed(1)} % of a processor`,
    });
  }
  if (memoryBytes > memoryMb * MIB) {
    const used = Math.round(memoryBytes / MIB);
    ailments.push({
      level: 'warning',
      kind: 'large',
      words: `it uses ${used} MiB of memory, over its ${memoryMb}`,
    });
  }
  return ailments;
}
