import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { PostmasterFile } from './postmaster-file.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import type { ServerAccount } from './server-account.ts';
import { toAccountCommand } from './server-account.ts';

/** The whole environment of the server's programs: nothing of Baton's own, which holds secrets. */
export const SERVER_ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Small, and safe: every commit is on disk before it is answered. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=32MB',
  // Each Baton has up to two dozen, and takes all of them when the disk stands still.
  'max_connections=300',
  'wal_level=minimal',
  'max_wal_senders=0',
  'min_wal_size=32MB',
  'max_wal_size=256MB',
  'fsync=on',
  'jit=off',
  'max_parallel_workers_per_gather=0',
  'log_checkpoints=off',
  // A client that vanished must not hold its lock: others wait for it to take over.
  'tcp_keepalives_idle=5',
  'tcp_keepalives_interval=1',
  'tcp_keepalives_count=3',
];

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 5;

/** Another server has the cluster or the port; looking again settles it. */
const PASSING_FAULT =
  /already exists|still in use|Address already in use|could not create any TCP\/IP sockets/;

/**
 * Starts the server on a free loopback port and waits until it is ready. The server leads its own session, so neither a
 * Ctrl-C nor a crash of this process takes it down. `retry` when something passing was in the way.
 */
export async function launchServer(request: {
  readonly postgres: string;
  readonly cluster: string;
  readonly logFile: string;
  readonly account: ServerAccount;
}): Promise<PostmasterFile | 'retry'> {
  const port = await freePort();
  const settings = [...SETTINGS, `port=${port}`].flatMap((setting) => ['-c', setting]);
  const [program, ...args] = toAccountCommand(request.account, [
    request.postgres,
    '-D',
    request.cluster,
    ...settings,
  ]);
  const log = await open(request.logFile, 'w', 0o600);
  const server = spawn(program, args, {
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  // Also keeps a spawn that failed from ending this process: the exit code tells.
  server.on('error', () => undefined);
  await log.close();
  const outcome = await untilReady(server, request.cluster, port);
  server.unref();
  return typeof outcome === 'object' ? outcome : explainFailure(outcome, request.logFile);
}

async function untilReady(
  server: ChildProcess,
  cluster: string,
  port: number,
): Promise<PostmasterFile | 'ended' | 'late'> {
  const polls = READY_TIMEOUT_MS / POLL_MS;
  for (let poll = 0; poll < polls; poll += 1) {
    const file = await readPostmasterFile(cluster);
    if (file?.state === 'ready' && file.port === port) {
      return file;
    }
    if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) {
      return 'ended';
    }
    await delay(POLL_MS);
  }
  return 'late';
}

async function explainFailure(outcome: 'ended' | 'late', logFile: string): Promise<'retry'> {
  const tail = (await readFile(logFile, 'utf8')).slice(-2_000).trim();
  if (outcome === 'ended' && PASSING_FAULT.test(tail)) {
    return 'retry';
  }
  const what = outcome === 'ended' ? 'stopped while starting' : `was not ready after ${READY_TIMEOUT_MS} ms`;
  throw new Error(`The embedded PostgreSQL ${what}. Its log ${logFile} ends with: ${tail || '(nothing)'}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('No free port could be found on 127.0.0.1.');
  }
  return address.port;
}
