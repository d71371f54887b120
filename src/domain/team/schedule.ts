import { latestFitting } from './cron.ts';

/** When a member wakes. */
export type Schedule =
  | { readonly kind: 'every'; readonly seconds: number }
  | { readonly kind: 'cron'; readonly expression: string };

/** Between the first wakings of two members that follow one another: they do not all begin at once. */
const STAGGER_MS = 10_000;

/** The time it is. */
export interface Now {
  /** ISO. */
  readonly text: string;
  /** The same in milliseconds. */
  readonly ms: number;
}

/** A member's place in the launch of its team. */
export interface Launch {
  /** When the team was launched in the repository, in milliseconds. */
  readonly startedMs: number;
  /** 0 for the member that is launched first. */
  readonly rank: number;
}

/** Whether the launch of the team has come to the member: nobody is woken before. */
export function isLaunched(launch: Launch, now: Now): boolean {
  return now.ms >= toFirstMs(launch);
}

function toFirstMs({ startedMs, rank }: Launch): number {
  return startedMs + rank * STAGGER_MS;
}

/**
 * The newest tick that has come, in milliseconds; null before the first. Only the newest counts: who has slept through
 * three ticks wakes once.
 */
export function latestTick(schedule: Schedule, launch: Launch, now: Now): number | null {
  const firstMs = toFirstMs(launch);
  if (!isLaunched(launch, now)) {
    return null;
  }
  if (schedule.kind === 'every') {
    const everyMs = schedule.seconds * 1000;
    return firstMs + Math.floor((now.ms - firstMs) / everyMs) * everyMs;
  }
  const latest = latestFitting(schedule.expression, now.text);
  return latest !== null && latest >= firstMs ? latest : null;
}
