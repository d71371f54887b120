import { Client } from 'pg';

/** What a session is called in the database, and how long it may wait, in milliseconds. */
export interface SessionLimits {
  readonly name: string;
  readonly connectWithinMs: number;
  readonly answerWithinMs: number;
}

/** Works in a session of its own, which is over afterwards. One that breaks fails the query that is under way. */
export async function withSession<Result>(
  databaseUrl: string,
  { name, connectWithinMs, answerWithinMs }: SessionLimits,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: name,
    connectionTimeoutMillis: connectWithinMs,
    statement_timeout: answerWithinMs,
  });
  // Without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
