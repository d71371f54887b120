import type { Log } from '../../ports/log.ts';
import type { ExecutorLease } from './executor-lease.ts';
import type { KeptConnection } from './kept-connection.ts';
import { takeOver } from './take-over.ts';

const SWEEP_EVERY_MS = 500;

/** What the sweep works with. */
export interface SweepWorld {
  readonly connection: KeptConnection;
  readonly executorId: string;
  readonly lease: Pick<ExecutorLease, 'canJudge'>;
  readonly log: Log;
  /** Workflows of others wait in their queues now. */
  readonly onTaken: () => void;
}

/** Takes over from dead processes, again and again. */
export class Sweep {
  readonly #world: SweepWorld;
  #timer: NodeJS.Timeout | undefined;
  #sweeping = false;

  constructor(world: SweepWorld) {
    this.#world = world;
  }

  /** Resolves after the first sweep: what was left behind at the start is under way then. */
  async start(): Promise<void> {
    await removeOldRows(this.#world.connection);
    await this.#sweep();
    this.#timer = setInterval(() => void this.#sweep(), SWEEP_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping) {
      return;
    }
    this.#sweeping = true;
    const { connection, executorId, lease, log, onTaken } = this.#world;
    try {
      if ((await lease.canJudge()) && (await takeOver(connection, executorId, log)) > 0) {
        onTaken();
      }
    } catch (error) {
      log.debug({ error }, 'could not look for dead processes; the next look follows');
    } finally {
      this.#sweeping = false;
    }
  }
}

/** What processes and aborts of former days left; an executor without a row counts as dead, so nothing is lost. */
async function removeOldRows(connection: KeptConnection): Promise<void> {
  await connection.query(
    `delete from baton_engine.executors where renewed_at < clock_timestamp() - interval '1 day'`,
    [],
  );
  await connection.query(
    `delete from baton_engine.aborts
     where requested_at_ms < (extract(epoch from clock_timestamp() - interval '1 day') * 1000)::bigint`,
    [],
  );
}
