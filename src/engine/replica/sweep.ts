import type { Log } from '../../ports/log.ts';
import type { KeptConnection } from './kept-connection.ts';
import { takeOver } from './take-over.ts';

const SWEEP_EVERY_MS = 500;

/** What the sweep works with. */
export interface SweepWorld {
  readonly connection: KeptConnection;
  readonly executorId: string;
  readonly log: Log;
  /** Workflows of others wait in their queues now. */
  readonly onTaken: () => void;
}

/** Takes over from dead processes, at once and again and again. Returns what stops it. */
export async function startSweep(world: SweepWorld): Promise<() => void> {
  await removeOldRows(world.connection);
  await sweep(world);
  let sweeping = false;
  const timer = setInterval(() => {
    if (!sweeping) {
      sweeping = true;
      void sweep(world).finally(() => {
        sweeping = false;
      });
    }
  }, SWEEP_EVERY_MS);
  return () => clearInterval(timer);
}

async function sweep({ connection, executorId, log, onTaken }: SweepWorld): Promise<void> {
  try {
    if ((await takeOver(connection, executorId, log)) > 0) {
      onTaken();
    }
  } catch (error) {
    log.debug({ error }, 'could not look for dead processes; the next look follows');
  }
}

/** What processes and aborts of former days left; an executor without a row counts as dead, so nothing is lost. */
async function removeOldRows(connection: KeptConnection): Promise<void> {
  await connection.query(
    `delete from baton_engine.executors where renewed_at < clock_timestamp() - interval '1 day'`,
    [],
  );
  await connection.query(
    `delete from baton_engine.aborts a
     where requested_at_ms < (extract(epoch from clock_timestamp() - interval '1 day') * 1000)::bigint`,
    [],
  );
}
