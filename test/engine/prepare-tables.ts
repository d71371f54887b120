import type { Client } from 'pg';
import { prepareDatabase } from '../../src/engine/replica/prepare-database.ts';

/** Prepares a database, with no more of DBOS than the preparation needs. */
export function prepareTables(databaseUrl: string, client: Client): Promise<void> {
  return prepareDatabase(databaseUrl, async () => {
    await client.query(
      `create schema if not exists dbos;
       create table if not exists dbos.workflow_status (workflow_uuid text, queue_name text, status text)`,
    );
  });
}
