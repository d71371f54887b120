import { TaskRefusal } from '../domain/task-refusal.ts';

/** Lets work through, or refuses it. */
export interface Gate {
  /** @throws TaskRefusal when there is too much of it. */
  pass<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Lets nothing through any more, and resolves when all that was let through has ended. */
  close(): Promise<void>;
}

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
  const running = new Set<Promise<unknown>>();
  let isClosed = false;
  let minute = { beganMs: nowMs(), calls: 0 };
  function admit(): void {
    if (nowMs() - minute.beganMs >= MINUTE_MS) {
      minute = { beganMs: nowMs(), calls: 0 };
    }
    if (isClosed) {
      throw refuse('the server is shutting down', 'Wait for its next start');
    }
    if (minute.calls >= perMinute) {
      throw refuse(`there were ${perMinute} calls in a minute`, 'Wait for the next minute');
    }
    if (running.size >= atOnce) {
      throw refuse(`${atOnce} calls are at work`, 'Wait for one to end');
    }
    minute.calls += 1;
  }
  return {
    async pass(work) {
      admit();
      const mine = work();
      running.add(mine);
      try {
        return await mine;
      } finally {
        running.delete(mine);
      }
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(running);
    },
  };
}

function refuse(what: string, remedy: string): TaskRefusal {
  return new TaskRefusal({ what, where: 'all clients together', remedy: `${remedy}, then repeat the call.` });
}
