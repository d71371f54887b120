import { setTimeout as delay } from 'node:timers/promises';
import type { PostmasterFile } from './postmaster-file.ts';
import { isPostmaster } from './postmaster-file.ts';
import type { ServerUse } from './use-server.ts';

/** It kills its own sessions when they do not end for five seconds. */
const AT_ONCE_MS = 6_000;
const KILLED_MS = 1_000;
const POLL_MS = 10;

/**
 * How a server was left. One that was cut short recovers from its log at the next start, and loses nothing; one that did
 * not say who uses it is left alone as well, since it may be busy with their work.
 */
export type ServerStop = 'stopped' | 'cut-short' | 'in-use' | 'unanswered';

/**
 * Stops the server when nobody else uses it, and waits until it is gone: in an orderly way for `orderlyMs`, then at once,
 * then by a kill. That takes at most 7 seconds more.
 */
export async function stopServer(server: {
  readonly cluster: string;
  readonly file: PostmasterFile;
  readonly use: ServerUse;
  readonly orderlyMs: number;
}): Promise<ServerStop> {
  const { cluster, file, use, orderlyMs } = server;
  if (!(await isPostmaster(file.pid, cluster))) {
    return 'stopped';
  }
  const state = await use.isShared().then(
    (isShared) => (isShared ? 'in-use' : 'free'),
    () => 'unanswered' as const,
  );
  if (state !== 'free') {
    return (await isPostmaster(file.pid, cluster)) ? state : 'stopped';
  }
  // PostgreSQL's fast shutdown ends sessions and writes a checkpoint, its immediate one only ends sessions.
  const ways = [
    { signal: 'SIGINT', withinMs: orderlyMs, outcome: 'stopped' },
    { signal: 'SIGQUIT', withinMs: AT_ONCE_MS, outcome: 'cut-short' },
    { signal: 'SIGKILL', withinMs: KILLED_MS, outcome: 'cut-short' },
  ] as const;
  for (const { signal, withinMs, outcome } of ways.filter((way) => way.withinMs > 0)) {
    if (await endsBy(signal, withinMs, { pid: file.pid, cluster })) {
      return outcome;
    }
  }
  throw new Error(
    `The embedded PostgreSQL (process ${file.pid}) could not be ended, not even by SIGKILL. See what its disk is doing.`,
  );
}

async function endsBy(
  signal: NodeJS.Signals,
  withinMs: number,
  { pid, cluster }: { readonly pid: number; readonly cluster: string },
): Promise<boolean> {
  if (!(await isPostmaster(pid, cluster))) {
    return true;
  }
  process.kill(pid, signal);
  for (let poll = 0; poll < withinMs / POLL_MS; poll += 1) {
    if (!(await isPostmaster(pid, cluster))) {
      return true;
    }
    await delay(POLL_MS);
  }
  return false;
}
