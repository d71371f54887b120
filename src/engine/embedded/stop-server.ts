import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { PostmasterFile } from './postmaster-file.ts';
import { isPostmaster } from './postmaster-file.ts';

const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 10;

/** Stops the server in an orderly way when nobody else is connected to it, and waits until it is gone. */
export async function stopServer(server: {
  readonly cluster: string;
  readonly file: PostmasterFile;
  readonly url: string;
}): Promise<'stopped' | 'in-use'> {
  const { cluster, file } = server;
  if (!(await isPostmaster(file.pid, cluster))) {
    return 'stopped';
  }
  if (await hasOtherClients(server.url)) {
    return 'in-use';
  }
  // SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint.
  process.kill(file.pid, 'SIGINT');
  for (let poll = 0; poll < STOP_TIMEOUT_MS / POLL_MS; poll += 1) {
    if (!(await isPostmaster(file.pid, cluster))) {
      return 'stopped';
    }
    await delay(POLL_MS);
  }
  throw new Error(`The embedded PostgreSQL (process ${file.pid}) did not stop within ${STOP_TIMEOUT_MS} ms.`);
}

async function hasOtherClients(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_500 });
  try {
    await client.connect();
    const { rows } = await client.query<{ others: number }>(
      `select count(*)::int as others from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    return (rows[0]?.others ?? 0) > 0;
  } catch {
    // It does not answer, so it serves nobody.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
