import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { ensurePassword } from './embedded/ensure-password.ts';
import { findBinaries } from './embedded/find-binaries.ts';
import { CLUSTER_USER, initialiseCluster } from './embedded/initialise-cluster.ts';
import { launchServer } from './embedded/launch-server.ts';
import type { PostmasterFile } from './embedded/postmaster-file.ts';
import { readPostmasterFile, removeStalePostmasterFile } from './embedded/postmaster-file.ts';
import { chooseServerAccount } from './embedded/server-account.ts';
import { stopServer } from './embedded/stop-server.ts';

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  /** Of its maintenance database, with the password: keep it out of logs. */
  readonly url: string;
  readonly how: 'initialised' | 'started' | 'adopted';
  /** Stops the server, unless another process is connected to it: the last one out does. Close your own connections first. */
  stop(): Promise<'stopped' | 'in-use'>;
}

const ATTEMPTS = 100;
const ATTEMPT_DELAY_MS = 100;

/**
 * Makes sure that a PostgreSQL runs on the cluster in `directory`, and returns how to reach it. A server which a
 * crashed process left behind is adopted. Throws with the remedy when this machine cannot run one.
 */
export async function startEmbeddedPostgres(directory: string): Promise<EmbeddedPostgres> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const home = await realpath(directory);
  const cluster = path.join(home, 'cluster');
  const passwordFile = path.join(home, 'password');
  const password = await ensurePassword(passwordFile);
  const running = await findRunning(cluster, password);
  if (running !== null) {
    return toEmbedded('adopted', running);
  }

  const { initdb, postgres } = await findBinaries();
  const account = await chooseServerAccount(cluster);
  const made = await initialiseCluster({ initdb, cluster, passwordFile, account });
  const how = made ? 'initialised' : 'started';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await removeStalePostmasterFile(cluster);
    const file = await launchServer({ postgres, cluster, logFile: path.join(home, 'server.log'), account });
    if (file !== 'retry') {
      return toEmbedded(how, { cluster, file, url: toUrl(file, password) });
    }
    const other = await findRunning(cluster, password);
    if (other !== null) {
      return toEmbedded('adopted', other);
    }
    await delay(ATTEMPT_DELAY_MS);
  }
  throw new Error(
    `The embedded PostgreSQL in ${home} is held by a process which does not answer. ` +
      `See ${path.join(home, 'server.log')}; end that process, or set DATABASE_URL to a PostgreSQL server.`,
  );
}

interface Running {
  readonly cluster: string;
  readonly file: PostmasterFile;
  readonly url: string;
}

function toEmbedded(how: EmbeddedPostgres['how'], running: Running): EmbeddedPostgres {
  return { url: running.url, how, stop: () => stopServer(running) };
}

/** The server which has the cluster open, if one answers there with our password. */
async function findRunning(cluster: string, password: string): Promise<Running | null> {
  const file = await readPostmasterFile(cluster);
  if (file === null || file.state === 'stopping') {
    return null;
  }
  const url = toUrl(file, password);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_500 });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === cluster ? { cluster, file, url } : null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function toUrl(file: PostmasterFile, password: string): string {
  return `postgresql://${CLUSTER_USER}:${password}@127.0.0.1:${file.port}/postgres`;
}
