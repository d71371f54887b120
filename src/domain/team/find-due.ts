import type { ActiveMember } from './active-members.ts';
import { hasPutBack, outagesOf, type Pressure, reliefMs } from './pressure.ts';
import { isLaunched, latestTick, type Now } from './schedule.ts';

/** What is known of a member's newest waking. Milliseconds. */
export interface LastWaking {
  readonly state: 'running' | 'restarting' | 'ended' | 'given-up';
  /** What it was for. */
  readonly reason: string;
  readonly beganMs: number;
  readonly endedMs: number | null;
  /** What kept it from a part of its work. */
  readonly pressures: readonly Pressure[];
}

/** What is known about a member at one moment. */
export interface MemberState {
  readonly rank: number;
  readonly launchedMs: number;
  readonly last: LastWaking | null;
  /** What the operator last said about it; null when nothing. */
  readonly turned: { readonly stopped: boolean; readonly atMs: number } | null;
  /** The first of the messages that wake it; null when there is none. */
  readonly messageId: number | null;
  /** Whether anything has eased that kept it from its work when it was awake last. */
  readonly eased: boolean;
}

/**
 * What a member is to be woken for now, in words that are the same for the same; null when for nothing. One that is awake
 * finishes first, and one that was given up waits until the operator starts it again, and then for nothing else.
 */
export function findDue(active: ActiveMember, state: MemberState, now: Now): string | null {
  const { last, turned } = state;
  if (turned?.stopped === true || isBusy(last)) {
    return null;
  }
  return last?.state === 'given-up' ? findStart(last, turned) : findReason(active, state, now);
}

function findReason(active: ActiveMember, state: MemberState, now: Now): string | null {
  const { last, rank, launchedMs, messageId } = state;
  if (!isLaunched({ startedMs: launchedMs, rank }, now) || isSparing(state, now)) {
    return null;
  }
  const tick = findTick(active, state, now);
  if (tick !== null) {
    return tick;
  }
  if (messageId !== null && !hasPutBack(last?.pressures ?? [])) {
    return `message-${messageId}`;
  }
  return isRelieved(state, now) ? 'relief' : null;
}

function findTick(
  { schedule }: ActiveMember,
  { last, rank, launchedMs }: MemberState,
  now: Now,
): string | null {
  const tick = latestTick(schedule, { startedMs: launchedMs, rank }, now);
  if (tick === null) {
    return null;
  }
  const reason = `tick-${tick}`;
  // By a clock that is behind it may have begun before its tick.
  const isDone = last !== null && (last.beganMs >= tick || last.reason === reason);
  return isDone ? null : reason;
}

function isRelieved({ last, rank, eased }: MemberState, now: Now): boolean {
  return eased && last !== null && hasRested(last, rank, now);
}

/** While GitHub is away nothing wakes a member before its time: neither a tick nor a message makes it come back sooner. */
function isSparing({ last, rank }: MemberState, now: Now): boolean {
  return last !== null && outagesOf(last.pressures).outages > 0 && !hasRested(last, rank, now);
}

function hasRested({ beganMs, endedMs, pressures }: LastWaking, rank: number, now: Now): boolean {
  return now.ms >= reliefMs({ endedMs: endedMs ?? beganMs, rank, pressures });
}

/** Its next tick may be a day away, and whoever starts it again wants to see whether it works. */
function findStart({ endedMs, beganMs }: LastWaking, turned: MemberState['turned']): string | null {
  return turned !== null && turned.atMs > (endedMs ?? beganMs) ? `start-${turned.atMs}` : null;
}

function isBusy(last: LastWaking | null): boolean {
  return last?.state === 'running' || last?.state === 'restarting';
}
