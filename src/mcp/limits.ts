import { TaskRefusal } from '../domain/task-refusal.ts';

/** Lets work through, or refuses it. */
export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>;

export interface Limits {
  /** Calls at the same time. Each that writes holds a connection of the database. */
  readonly atOnce: number;
  /** Calls in a minute. */
  readonly perMinute: number;
}

export const LIMITS: Limits = { atOnce: 8, perMinute: 600 };

const MINUTE_MS = 60_000;

/** A gate for all callers of this process together. */
export function createGate({ atOnce, perMinute }: Limits, nowMs = () => performance.now()): Gate {
  let running = 0;
  let minute = { beganMs: nowMs(), calls: 0 };
  return async (work) => {
    if (nowMs() - minute.beganMs >= MINUTE_MS) {
      minute = { beganMs: nowMs(), calls: 0 };
    }
    if (minute.calls >= perMinute) {
      throw refuse(`there were ${perMinute} calls in a minute`, 'Wait for the next minute');
    }
    if (running >= atOnce) {
      throw refuse(`${atOnce} calls are at work`, 'Wait for one to end');
    }
    minute.calls += 1;
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
    }
  };
}

function refuse(what: string, remedy: string): TaskRefusal {
  return new TaskRefusal({ what, where: 'all clients together', remedy: `${remedy}, then repeat the call.` });
}
