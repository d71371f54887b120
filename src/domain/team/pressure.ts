import type { Waking } from './waking.ts';

/** What kept a member from a part of what it had to do. */
export type Pressure =
  /** The queue of the repository took no more messages. */
  | { readonly kind: 'queue' }
  /** So many of its runs were open, and not one more may be. */
  | { readonly kind: 'places'; readonly most: number }
  /**
   * GitHub did not answer, or wanted to be left alone, for so many wakings in a row, and since then, in milliseconds. A
   * record of an earlier version has neither, or only the first; without it, it was the first.
   */
  | { readonly kind: 'outage'; readonly times?: number; readonly sinceMs?: number };

/** How things stand where a member was kept from something. */
export interface Standing {
  readonly queue: 'full' | 'has room';
  /** Its runs that take a place. */
  readonly open: number;
  /** How many may, by the settings of now. */
  readonly atOnce: number;
}

/** Whether the member can do more than when it was kept from it. */
export function hasEased(pressure: Pressure, { queue, open, atOnce }: Standing): boolean {
  switch (pressure.kind) {
    case 'queue':
      return queue === 'has room';
    case 'places':
      return open < Math.max(pressure.most, atOnce);
    case 'outage':
      // Whether it is over shows when it is tried.
      return true;
  }
}

/** Whether it has put back all messages: they would wake it again at once, and in vain. */
export function hasPutBack(pressures: readonly Pressure[]): boolean {
  return pressures.some(({ kind }) => kind !== 'places');
}

/** From so many outages in a row on, about a quarter of an hour, it is more than a short fault, and somebody should look. */
const LASTING = 6;

/** How many wakings in a row, up to one of them, met a GitHub that was away, and since when, as far as that is known. */
export type Outages = Pick<Waking, 'outages' | 'awaySinceMs'>;

/** One more than the wakings before it have met. */
export function nextOutage({ outages = 0, awaySinceMs }: Outages, nowMs: number): Pressure {
  return { kind: 'outage', times: outages + 1, sinceMs: awaySinceMs ?? nowMs };
}

/** What a waking with these pressures hands on to the one that follows it. */
export function outagesOf(pressures: readonly Pressure[]): Outages & { readonly outages: number } {
  const outage = pressures.find((pressure) => pressure.kind === 'outage');
  if (outage === undefined) {
    return { outages: 0 };
  }
  const { times = 1, sinceMs } = outage;
  return sinceMs === undefined ? { outages: times } : { outages: times, awaySinceMs: sinceMs };
}

/** What a waking has to bear from its beginning on: what those before it have met, until it shows whether that is over. */
export function toFollowedPressures({ outages = 0, awaySinceMs }: Outages): readonly Pressure[] {
  if (outages === 0) {
    return [];
  }
  const outage = { kind: 'outage', times: outages } as const;
  return [awaySinceMs === undefined ? outage : { ...outage, sinceMs: awaySinceMs }];
}

/** Since when an outage lasts that people should know of, in milliseconds; null when none does. */
export function lastingSinceMs(pressures: readonly Pressure[]): number | null {
  const { outages, awaySinceMs } = outagesOf(pressures);
  return outages >= LASTING ? (awaySinceMs ?? null) : null;
}

/** What is new of an outage after a waking: that it lasts, or that one that did is over. */
export type OutageNews = 'lasts' | 'over';

/** What is new to people after a waking that followed these outages and met this pressure; null when nothing is. */
export function toOutageNews({ outages = 0 }: Outages, pressures: readonly Pressure[]): OutageNews | null {
  if (lastingSinceMs(pressures) !== null) {
    return 'lasts';
  }
  return outages >= LASTING && outagesOf(pressures).outages === 0 ? 'over' : null;
}

/** Whether this outage is the one at which it begins to last: so it is told once for all that follow in a row. */
export function beginsToLast({ outages }: Outages): boolean {
  return outages === LASTING;
}

/** At least so long a member sleeps, however soon the pressure ends. */
const REST_MS = 30_000;
/** No outage in a row makes it longer than this. */
const LONGEST_REST_MS = 15 * 60_000;
/** Members that were kept by the same thing do not all wake at once. */
const SPREAD_MS = 30_000;
/** Any number that shares no divisor with the spread. */
const STRIDE = 7919;

interface Relieved {
  readonly endedMs: number;
  readonly rank: number;
  readonly pressures: readonly Pressure[];
}

/**
 * When a member may wake because something has eased, in milliseconds: the same for all replicas. Each outage in a row
 * doubles the rest.
 */
export function reliefMs({ endedMs, rank, pressures }: Relieved): number {
  const restMs = Math.min(LONGEST_REST_MS, REST_MS * 2 ** Math.max(0, outagesOf(pressures).outages - 1));
  return endedMs + restMs + ((endedMs + rank * STRIDE) % SPREAD_MS);
}
