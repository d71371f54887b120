import type { ActiveMember } from './active-members.ts';
import { findDue, isBusy, type MemberState } from './find-due.ts';
import { outagesOf, reliefMs } from './pressure.ts';
import { type Now, nextTick } from './schedule.ts';

/**
 * When a member wakes next, in milliseconds, as far as that is known now: a message can wake it before, and one that is at
 * work finishes first. Null when it does not wake by itself.
 */
export function nextWakingMs(active: ActiveMember, state: MemberState, now: Now): number | null {
  const { rank, launchedMs, last, turned } = state;
  if (findDue(active, state, now) !== null) {
    return now.ms;
  }
  if (turned?.stopped === true || last?.state === 'given-up') {
    return null;
  }
  if (last !== null && !isBusy(last) && outagesOf(last.pressures).outages > 0) {
    // Once it has rested, it is woken as soon as somebody looks.
    return Math.max(
      now.ms,
      reliefMs({ endedMs: last.endedMs ?? last.beganMs, rank, pressures: last.pressures }),
    );
  }
  return nextTick(active.schedule, { startedMs: launchedMs, rank }, now);
}
