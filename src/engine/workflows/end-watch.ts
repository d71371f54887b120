import { setTimeout as delay } from 'node:timers/promises';
import type { KeptConnection } from '../replica/kept-connection.ts';

/** How a workflow ended, in the words of DBOS. */
export type End = 'SUCCESS' | 'ERROR' | 'CANCELLED' | 'MAX_RECOVERY_ATTEMPTS_EXCEEDED';

/** How long to rely on the announcement before looking for oneself. */
const LOOK_EVERY_MS = 5_000;

/** Waits for workflows to end, whichever process performs them. */
export class EndWatch {
  readonly #connection: KeptConnection;
  readonly #waiters = new Map<string, Set<() => void>>();

  constructor(connection: KeptConnection) {
    this.#connection = connection;
  }

  /** Resolves at the end of the workflow. */
  async ended(id: string): Promise<End> {
    for (;;) {
      // Listen first, look then: an end in between is heard.
      const { heard, forget } = this.#listen(id);
      const timer = new AbortController();
      try {
        const end = await this.#look(id);
        if (end !== null) {
          return end;
        }
        await Promise.race([
          heard,
          delay(LOOK_EVERY_MS, undefined, { signal: timer.signal }).catch(() => undefined),
        ]);
      } finally {
        forget();
        timer.abort();
      }
    }
  }

  announce(id: string): void {
    for (const wake of this.#waiters.get(id) ?? []) {
      wake();
    }
  }

  /** Announcements may have been missed: everybody looks again. */
  announceAll(): void {
    for (const id of this.#waiters.keys()) {
      this.announce(id);
    }
  }

  #listen(id: string): { heard: Promise<void>; forget: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiters = this.#waiters.get(id) ?? new Set();
    this.#waiters.set(id, waiters.add(resolve));
    return {
      heard: promise,
      forget: () => {
        waiters.delete(resolve);
        if (waiters.size === 0) {
          this.#waiters.delete(id);
        }
      },
    };
  }

  /** Null when it has not ended, or nobody can tell at the moment. */
  async #look(id: string): Promise<End | null> {
    const rows = await this.#connection
      .query<{ status: End }>(
        `select status from dbos.workflow_status
         where workflow_uuid = $1 and status not in ('PENDING', 'ENQUEUED', 'DELAYED')`,
        [id],
      )
      .catch(() => []);
    return rows[0]?.status ?? null;
  }
}
