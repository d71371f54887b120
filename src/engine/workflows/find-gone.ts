import { z } from 'zod';
import type { KeptConnection } from '../replica/kept-connection.ts';

const rowSchema = z.object({ id: z.string() });

/** Those of these workflows that have ended, were forgotten after that, or never were. */
export async function findGone(
  connection: KeptConnection,
  ids: readonly string[],
): Promise<readonly string[]> {
  const rows = await connection.query(
    `select id from unnest($1::text[]) as asked (id)
     left join dbos.workflow_status on workflow_uuid = id
     where coalesce(status, 'ERROR') not in ('PENDING', 'ENQUEUED', 'DELAYED') order by id`,
    [ids],
  );
  return rows.map((row) => rowSchema.parse(row).id);
}
