import type { ActiveMember } from './active-members.ts';
import { latestTick, type Now } from './schedule.ts';

/** What is known of a member's newest waking. Milliseconds. */
export interface LastWaking {
  readonly state: 'running' | 'restarting' | 'ended' | 'given-up';
  readonly beganMs: number;
  readonly endedMs: number | null;
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
}

/**
 * What a member is to be woken for now, in words that are the same for the same; null when for nothing. One that is awake
 * finishes first, and one that was given up waits until the operator starts it again.
 */
export function findDue(active: ActiveMember, state: MemberState, now: Now): string | null {
  const { last, turned, rank, launchedMs, messageId } = state;
  if (turned?.stopped === true || isBusy(last) || isGivenUp(last, turned)) {
    return null;
  }
  const tick = latestTick(active.schedule, { startedMs: launchedMs, rank }, now);
  if (tick !== null && (last === null || last.beganMs < tick)) {
    return `tick ${tick}`;
  }
  // Nobody is woken before the launch has come to it.
  return messageId === null || tick === null ? null : `message ${messageId}`;
}

function isBusy(last: LastWaking | null): boolean {
  return last?.state === 'running' || last?.state === 'restarting';
}

function isGivenUp(last: LastWaking | null, turned: MemberState['turned']): boolean {
  return last?.state === 'given-up' && !(turned !== null && turned.atMs > (last.endedMs ?? last.beganMs));
}
