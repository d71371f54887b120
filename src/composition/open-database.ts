import type { Settings } from '../config/settings.ts';
import { startEmbeddedPostgres } from '../engine/start-embedded-postgres.ts';
import type { Log } from '../ports/log.ts';

/** A database to connect to. */
export interface Database {
  readonly url: string;
  /** Leaves a server alone; stops an embedded one when nobody else uses it. */
  close(): Promise<void>;
}

/** The database that the operator named, or the embedded one. */
export async function openDatabase(database: Settings['database'], log: Log): Promise<Database> {
  if (database.kind === 'server') {
    return { url: database.url.reveal(), close: () => Promise.resolve() };
  }
  const embedded = await startEmbeddedPostgres(database.directory);
  log.info({ how: embedded.how }, 'embedded PostgreSQL is up');
  return {
    // The database that every cluster has: to make another would take longer than the rest of the start.
    url: embedded.url,
    async close() {
      await embedded.stop();
    },
  };
}
