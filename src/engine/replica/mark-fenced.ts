import type { KeptConnection } from './kept-connection.ts';

/**
 * Ends the lease of an executor that has not renewed it for so long; false when it has. The same row is what a renewal
 * updates, so one of the two comes first and the other sees it.
 */
export async function markFenced(connection: KeptConnection, id: string, silentMs: number): Promise<boolean> {
  const rows = await connection.query(
    `update baton_engine.executors set fenced_at = clock_timestamp()
     where id = $1 and fenced_at is null and renewed_at < clock_timestamp() - $2 * interval '1 ms' returning id`,
    [id, silentMs],
  );
  return rows.length > 0;
}
