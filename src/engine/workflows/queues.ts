import { DBOS } from '@dbos-inc/dbos-sdk';
import { getExecutor } from '@dbos-inc/dbos-sdk/internal/dbos';
import { INTERNAL_QUEUE_NAME } from '@dbos-inc/dbos-sdk/internal/utils';
import { wfQueueRunner } from '@dbos-inc/dbos-sdk/internal/wfqueue';
import type { Log } from '../../ports/log.ts';

/** A queue and its limits, which hold over all processes together. */
export interface QueueSpec {
  readonly name: string;
  readonly globalConcurrency?: number;
  readonly partitionConcurrency?: number;
}

/** DBOS looks into a queue this often; we wake it whenever something happens, so this is for what we missed. */
const POLL_MS = 1_000;

type Queue = Parameters<(typeof wfQueueRunner)['addInternalQueue']>[0];

/** The queues of this process. */
export class Queues {
  readonly #log: Log;
  readonly #queues = new Map<string, Queue>();
  readonly #waking = new Map<string, 'once' | 'again'>();
  /** Queue of each queued workflow that this process performs. */
  readonly #performing = new Map<string, string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Registers them; after the launch. The queue of recovered workflows is among them. */
  async open(specs: readonly QueueSpec[]): Promise<void> {
    for (const { name, ...limits } of specs) {
      const queue = await DBOS.registerQueue(name, {
        ...limits,
        minPollingIntervalMs: POLL_MS,
        onConflict: 'always_update',
      });
      this.#queues.set(name, queue);
    }
    const internal = wfQueueRunner.getInternalQueue(INTERNAL_QUEUE_NAME);
    if (internal !== undefined) {
      this.#queues.set(internal.name, internal);
    }
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
    void this.#poll(queue).finally(() => {
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
    this.#queues.clear();
    wfQueueRunner.stop();
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
