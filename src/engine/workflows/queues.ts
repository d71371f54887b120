import { AsyncLocalStorage } from 'node:async_hooks';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { getExecutor } from '@dbos-inc/dbos-sdk/internal/dbos';
import { INTERNAL_QUEUE_NAME } from '@dbos-inc/dbos-sdk/internal/utils';
import { wfQueueRunner } from '@dbos-inc/dbos-sdk/internal/wfqueue';
import type { Log } from '../../ports/log.ts';
import { DBOS_RESTS_MS } from '../quiet-dbos.ts';

/** A queue and its limits, which hold over all processes together. */
export interface QueueSpec {
  readonly name: string;
  readonly globalConcurrency?: number;
  readonly partitionConcurrency?: number;
}

/** A queue is woken whenever something happens; this is for what was missed, or lost in a collision. */
const DEFAULT_POLL_MS = 1_000;

/** The queues, of those named, in which something waits. A session that does not answer for so long is given up. */
const LOOK = {
  text: `select name from unnest($1::text[]) as name where exists (
           select from dbos.workflow_status where queue_name = name and status = 'ENQUEUED')`,
  // Of one query, which the types of pg do not know.
  query_timeout: 10_000,
};

type Queue = Parameters<(typeof wfQueueRunner)['addInternalQueue']>[0];

/** The queues of this process. */
export class Queues {
  readonly #log: Log;
  readonly #pollMs: number;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #closed = false;
  readonly #queues = new Map<string, Queue>();
  readonly #waking = new Map<string, 'once' | 'again'>();
  /** Queue of each queued workflow that this process performs. */
  readonly #performing = new Map<string, string>();
  /** What a poll starts is no part of the workflow that woke the queue. */
  readonly #outside = AsyncLocalStorage.snapshot();

  constructor({ log, pollMs = DEFAULT_POLL_MS }: { readonly log: Log; readonly pollMs?: number }) {
    this.#log = log;
    this.#pollMs = pollMs;
  }

  /** Registers them; after the launch. The queue of recovered workflows is among them. */
  async open(specs: readonly QueueSpec[]): Promise<void> {
    for (const { name, ...limits } of specs) {
      const queue = await DBOS.registerQueue(name, {
        ...limits,
        minPollingIntervalMs: DBOS_RESTS_MS,
        onConflict: 'always_update',
      });
      this.#queues.set(name, queue);
    }
    const internal = wfQueueRunner.getInternalQueue(INTERNAL_QUEUE_NAME);
    if (internal !== undefined) {
      internal.minPollingIntervalMs = DBOS_RESTS_MS;
      this.#queues.set(internal.name, internal);
    }
    // The lease may have been lost meanwhile.
    if (this.#closed) {
      this.close();
      return;
    }
    this.#timer = setInterval(() => void this.#look(), this.#pollMs);
  }

  /** This process performs a workflow out of the queue. */
  began(id: string, name: string): void {
    this.#performing.set(id, name);
  }

  /** A workflow has ended somewhere. Where it was performed its place is given to the next, so processes do not collide. */
  ended(id: string): void {
    const name = this.#performing.get(id);
    if (name !== undefined) {
      this.#performing.delete(id);
      this.wake(name);
    }
  }

  /** Starts what can be started now, instead of at the next poll. Wakes do not overlap: they would only collide. */
  wake(name: string): void {
    const queue = this.#queues.get(name);
    if (queue === undefined) {
      return;
    }
    if (this.#waking.has(name)) {
      this.#waking.set(name, 'again');
      return;
    }
    this.#waking.set(name, 'once');
    void this.#outside(() => this.#poll(queue)).finally(() => {
      const again = this.#waking.get(name) === 'again';
      this.#waking.delete(name);
      if (again) {
        this.wake(name);
      }
    });
  }

  wakeAll(): void {
    for (const name of this.#queues.keys()) {
      this.wake(name);
    }
  }

  /** Takes no more work out of the queues. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#queues.clear();
    wfQueueRunner.stop();
  }

  /**
   * Wakes the queues in which something waits: one question about all of them, where DBOS would ask several about each.
   * One at a time, and in a session of DBOS: the renewal of the lease must not wait for a slow answer.
   */
  async #look(): Promise<void> {
    if (this.#looking) {
      return;
    }
    this.#looking = true;
    try {
      const { pool } = getExecutor().systemDatabase;
      const { rows } = await pool.query<{ name: string }>({ ...LOOK, values: [[...this.#queues.keys()]] });
      for (const { name } of rows) {
        this.wake(name);
      }
    } catch (error) {
      this.#log.debug({ error }, 'could not look into the queues; the next look follows');
    } finally {
      this.#looking = false;
    }
  }

  async #poll(queue: Queue): Promise<void> {
    try {
      // The poll itself is not public; without it each start from a queue would wait for half the poll interval.
      await wfQueueRunner['pollQueue'](getExecutor(), queue);
    } catch (error) {
      this.#log.debug({ error, queue: queue.name }, 'a queue could not be woken; its next poll follows');
    }
  }
}
