import { Client } from 'pg';

/** Looks at the tables as nobody's code does, or brings them into a state that only a crash leaves. */
export async function query(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(text, [...values]);
    return result.rows;
  } finally {
    await client.end();
  }
}
