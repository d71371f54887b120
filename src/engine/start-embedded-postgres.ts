import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensurePassword } from './embedded/ensure-password.ts';
import { findBinaries } from './embedded/find-binaries.ts';
import { CLUSTER_USER, initialiseCluster } from './embedded/initialise-cluster.ts';
import { launchServer } from './embedded/launch-server.ts';
import { openServerLock } from './embedded/open-server-lock.ts';
import {
  type PostmasterFile,
  readPostmasterFile,
  removeStalePostmasterFile,
} from './embedded/postmaster-file.ts';
import { chooseServerAccount } from './embedded/server-account.ts';
import { type ServerStop, stopServer } from './embedded/stop-server.ts';
import { type ServerUse, useServer } from './embedded/use-server.ts';

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  /** Of its maintenance database, with the password: keep it out of logs. */
  readonly url: string;
  readonly how: 'initialised' | 'started' | 'adopted';
  readonly pid: number;
  /**
   * Gives the server up, and stops it unless others use it: the last one out does. Connections under a name that begins
   * with `baton ` go with it. It has `orderlyMs` to end in order, 30 seconds if not told otherwise. Asked again, it cannot
   * tell any more who uses a server that still runs.
   */
  stop(orderlyMs?: number): Promise<ServerStop>;
}

const ORDERLY_MS = 30_000;
const ATTEMPTS = 100;
const ATTEMPT_DELAY_MS = 100;

/** One who asked for a server, and what they need to reach it. */
interface Asker {
  readonly home: string;
  readonly cluster: string;
  readonly urlOf: (port: number) => string;
}

/**
 * Makes sure that a PostgreSQL runs on the cluster in `directory`, and returns how to reach it. A server which a
 * crashed process left behind is adopted. Nobody stops it before the caller does. Throws with the remedy when this
 * machine cannot run one.
 */
export async function startEmbeddedPostgres(directory: string): Promise<EmbeddedPostgres> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const home = await realpath(directory);
  const password = await ensurePassword(path.join(home, 'password'));
  const asker: Asker = {
    home,
    cluster: path.join(home, 'cluster'),
    urlOf: (port) => `postgresql://${CLUSTER_USER}:${password}@127.0.0.1:${port}/postgres`,
  };
  // Who adopts a server must be seen to use it before anybody may ask whether it can be stopped.
  const locked = await openServerLock(home);
  const { how, running } = await locked(() => adoptOrStart(asker));
  return {
    url: running.url,
    how,
    pid: running.file.pid,
    stop: (orderlyMs = ORDERLY_MS) =>
      locked(async () => {
        const outcome = await stopServer({ cluster: asker.cluster, ...running, orderlyMs });
        await running.use.end();
        return outcome;
      }),
  };
}

async function adoptOrStart(asker: Asker): Promise<Started> {
  const { home, cluster } = asker;
  const adopted = await findRunning(asker);
  if (adopted !== null) {
    return { how: 'adopted', running: adopted };
  }
  const { initdb, postgres } = await findBinaries();
  const account = await chooseServerAccount(cluster);
  const passwordFile = path.join(home, 'password');
  const made = await initialiseCluster({ initdb, cluster, passwordFile, account });
  let own: PostmasterFile | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await removeStalePostmasterFile(cluster);
    const launched = await launchServer({
      postgres,
      cluster,
      logFile: path.join(home, 'server.log'),
      account,
    });
    // One that is slow to answer is asked again after the next launch, which it keeps from succeeding.
    own = launched === 'retry' ? own : launched;
    const running = await findRunning(asker);
    if (running !== null) {
      const ours = made ? 'initialised' : 'started';
      return { how: running.file.pid === own?.pid ? ours : 'adopted', running };
    }
    await delay(ATTEMPT_DELAY_MS);
  }
  throw new Error(
    `The embedded PostgreSQL in ${home} is held by a process which does not answer. ` +
      `See ${path.join(home, 'server.log')}; end that process, or set DATABASE_URL to a PostgreSQL server.`,
  );
}

interface Running {
  readonly file: PostmasterFile;
  readonly url: string;
  readonly use: ServerUse;
}

interface Started {
  readonly how: EmbeddedPostgres['how'];
  readonly running: Running;
}

/** The server which has the cluster open, if one answers there with our password. */
async function findRunning({ cluster, urlOf }: Asker): Promise<Running | null> {
  const file = await readPostmasterFile(cluster);
  if (file === null || file.state === 'stopping') {
    return null;
  }
  const url = urlOf(file.port);
  const use = await useServer(url, cluster);
  return use === null ? null : { file, url, use };
}
