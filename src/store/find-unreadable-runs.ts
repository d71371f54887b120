import { type RunRow, readRunRow } from './read-run-row.ts';
import { withClient } from './with-client.ts';

const MOST_LOOKED_AT = 1000;

/**
 * The runs that have not ended and cannot be read, of the newest thousand. None where there are no tables yet.
 * @throws Error when the database cannot be reached.
 */
export async function findUnreadableRuns(databaseUrl: string, withinMs: number): Promise<readonly string[]> {
  return await withClient({ databaseUrl, withinMs }, async (client) => {
    const { rows: tables } = await client.query(`select 1 where to_regclass('baton.runs') is not null`);
    if (tables.length === 0) {
      return [];
    }
    const { rows } = await client.query<RunRow>(
      'select id, "order", progress from baton.runs where not ended order by created_at desc limit $1',
      [MOST_LOOKED_AT],
    );
    return rows.filter((row) => !isReadable(row)).map(({ id }) => id);
  });
}

function isReadable(row: RunRow): boolean {
  try {
    readRunRow(row);
    return true;
  } catch {
    return false;
  }
}
