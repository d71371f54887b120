import { Client } from 'pg';

/** The right to find the server running: a connection that others see, and that is gone with its process. */
export interface ServerUse {
  /** Whether others use the server, or are connected to it. @throws Error when it does not answer. */
  isShared(): Promise<boolean>;
  end(): Promise<void>;
}

/** The name of a connection that is a use. */
const USE = 'baton server use';
const CONNECT_WITHIN_MS = 1_500;
const ANSWER_WITHIN_MS = 10_000;

/**
 * All that Baton connects has a name that begins with `baton `, and whoever connects it to an embedded server holds a use
 * as well. So others are those who hold a use, and those who are not Baton.
 */
const OTHERS = `
  select count(*)::int as others from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()
    and (application_name = $1 or application_name not like 'baton %')`;

/** Begins to use the server at `url`; null when none answers there, or it is not that of this cluster. */
export async function useServer(url: string, cluster: string): Promise<ServerUse | null> {
  const client = new Client({
    connectionString: url,
    application_name: USE,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  // A server that is killed takes the connection along; whoever works with it hears of that by their own.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    if (rows[0]?.data_directory === cluster) {
      return toUse(client);
    }
  } catch {
    // Not running, or not ready to serve: the caller looks further.
  }
  await client.end().catch(() => undefined);
  return null;
}

function toUse(client: Client): ServerUse {
  // Not in the types of pg.
  const connection = client as Client & { ref(): void; unref(): void };
  // It keeps no process alive but while an answer is awaited.
  connection.unref();
  return {
    async isShared() {
      connection.ref();
      try {
        const { rows } = await client.query<{ others: number }>(OTHERS, [USE]);
        return rows[0]?.others !== 0;
      } finally {
        connection.unref();
      }
    },
    end: () => client.end().catch(() => undefined),
  };
}
