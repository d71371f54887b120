import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { SERVER_ENVIRONMENT } from './launch-server.ts';
import type { ServerAccount } from './server-account.ts';
import { toAccountCommand } from './server-account.ts';

const run = promisify(execFile);

/** Superuser of the embedded cluster. */
export const CLUSTER_USER = 'baton';

/**
 * Makes the cluster unless it exists; true when it was made. It is built aside and moved into place, so a crash
 * halfway, or a second process doing the same, leaves either the whole cluster or none.
 */
export async function initialiseCluster(request: {
  readonly initdb: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly account: ServerAccount;
}): Promise<boolean> {
  if (await exists(path.join(request.cluster, 'PG_VERSION'))) {
    return false;
  }
  const draft = `${request.cluster}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(draft, { mode: 0o700 });
    if (request.account.kind === 'unprivileged') {
      await chown(draft, request.account.uid, request.account.gid);
    }
    await runInitdb(request, draft);
    return await moveIntoPlace(draft, request.cluster);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function runInitdb(
  request: { readonly initdb: string; readonly passwordFile: string; readonly account: ServerAccount },
  directory: string,
): Promise<void> {
  const [program, ...args] = toAccountCommand(request.account, [
    request.initdb,
    `--pgdata=${directory}`,
    `--username=${CLUSTER_USER}`,
    `--pwfile=${request.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ]);
  await run(program, args, { cwd: '/', env: SERVER_ENVIRONMENT, timeout: 60_000 }).catch((cause: unknown) => {
    throw new Error(
      `The embedded PostgreSQL could not make its cluster in ${path.dirname(directory)}. ` +
        'It needs glibc 2.27 or newer, and setpriv (util-linux) when started as root. ' +
        `Otherwise set DATABASE_URL to a PostgreSQL server. ${toComplaint(cause)}`,
      { cause },
    );
  });
}

/** What initdb said, without the command line around it. */
function toComplaint(cause: unknown): string {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
  return said === '' ? '' : `It said: ${said.slice(-500)}`;
}

async function moveIntoPlace(draft: string, cluster: string): Promise<boolean> {
  try {
    await rename(draft, cluster);
    return true;
  } catch (error) {
    // Another process was first.
    if (await exists(path.join(cluster, 'PG_VERSION'))) {
      return false;
    }
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}
