import { Client } from 'pg';

/**
 * Does `work` on a connection of its own that answers each question within so many milliseconds: a look at a database
 * that may be away must not hang. @throws Error when it cannot be reached.
 */
export async function withClient<Result>(
  { databaseUrl, withinMs }: { readonly databaseUrl: string; readonly withinMs: number },
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'baton look',
    connectionTimeoutMillis: withinMs,
    statement_timeout: withinMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
