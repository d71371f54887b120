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
 * All that Baton connects has a name that begins with `baton `, and each process holds a use of the server that it works
 * with, whether that is its own or was named by `DATABASE_URL`. So others are those who hold a use, and those who are not
 * Baton. Who has not said the password yet has no name, and is nobody: a new connection of our own, or a stranger.
 */
const OTHERS = `
  select count(*)::int as others from pg_stat_activity
  where backend_type = 'client backend' and state is distinct from 'starting' and pid <> pg_backend_pid()
    and (application_name = $1 or application_name not like 'baton %')`;

/** Begins to use the server at `url`; null when none answers there, or it is not that of this cluster. */
export async function useServer(url: string, cluster: string): Promise<ServerUse | null> {
  const client = await connect(url, CONNECT_WITHIN_MS);
  try {
    const { rows } = (await client?.query<{ data_directory: string }>('show data_directory')) ?? { rows: [] };
    if (client !== null && rows[0]?.data_directory === cluster) {
      return toUse(client);
    }
  } catch {
    // Not ready to serve: the caller looks further.
  }
  await client?.end().catch(() => undefined);
  return null;
}

/**
 * Begins to use a server that somebody else runs: it may be the embedded one of another Baton, which must not stop it
 * then. Null when none answers, which whoever works with it hears from its own connection.
 */
export async function useForeignServer(url: string): Promise<Pick<ServerUse, 'end'> | null> {
  const client = await connect(url, ANSWER_WITHIN_MS);
  return client === null ? null : toUse(client);
}

async function connect(url: string, connectWithinMs: number): Promise<Client | null> {
  const address = new URL(url);
  // What the address says of it would count more.
  address.searchParams.delete('application_name');
  const client = new Client({
    connectionString: address.href,
    application_name: USE,
    connectionTimeoutMillis: connectWithinMs,
    query_timeout: ANSWER_WITHIN_MS,
  });
  // A server that is killed takes the connection along; whoever works with it hears of that by their own.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
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
