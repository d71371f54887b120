import { readFile, readlink, rm } from 'node:fs/promises';
import path from 'node:path';

/** What `postmaster.pid` in a cluster tells about the server that wrote it. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly state: 'starting' | 'ready' | 'stopping';
}

/** Reads the file; null when there is none or it is still being written. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  const text = await readFile(postmasterFile(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!(pid > 0) || !(port > 0)) {
    return null;
  }
  const state = lines[7] === 'ready' ? 'ready' : 'starting';
  return { pid, port, state: lines[7] === 'stopping' ? 'stopping' : state };
}

/**
 * Removes a `postmaster.pid` whose process is gone, is a zombie nobody reaped, or is somebody else under a number used
 * again. PostgreSQL itself would take the last two for a running server and refuse to start.
 */
export async function removeStalePostmasterFile(cluster: string): Promise<void> {
  const text = await readFile(postmasterFile(cluster), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (pid > 0 && !(await isPostmaster(pid, cluster))) {
    await rm(postmasterFile(cluster), { force: true });
  }
}

/** Whether `pid` is a living server of this cluster: a server works in its cluster's directory. A zombie has none. */
export async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  return (await readlink(`/proc/${pid}/cwd`).catch(() => null)) === cluster;
}

function postmasterFile(cluster: string): string {
  return path.join(cluster, 'postmaster.pid');
}
