import { Client } from 'pg';

/** How many workflows the engine has on record. */
export async function countWorkflows(databaseUrl: string): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from dbos.workflow_status');
    return rows[0]?.n ?? 0;
  } finally {
    await client.end();
  }
}
