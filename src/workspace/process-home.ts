import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeDirectory } from './remove-directory.ts';

/** The directories of one process inside the shared home. Mirrors are shared with later and parallel processes. */
export interface ProcessHome {
  readonly mirrors: string;
  readonly trees: string;
  /** Spares: not trees yet, nobody but the server has had them. */
  readonly spares: string;
  /** Index files: outside every tree, where no agent can reach them. */
  readonly indexes: string;
  /** Mirrors that are not finished yet, or on their way out. */
  readonly clones: string;
  /** Removes what belongs to this process. */
  close(): Promise<void>;
}

const OWNER = 'owner.json';

/** Makes the directories of this process and removes those which dead processes left behind. */
export async function openProcessHome(home: string): Promise<ProcessHome> {
  const processes = join(home, 'processes');
  const mirrors = join(home, 'mirrors');
  // Nobody but the server's user may look: private source code lies here.
  await mkdir(processes, { recursive: true, mode: 0o700 });
  await mkdir(mirrors, { recursive: true, mode: 0o700 });
  await removeDead(processes);
  const own = join(processes, `${process.pid}-${randomUUID().slice(0, 8)}`);
  await mkdir(own, { mode: 0o700 });
  await writeFile(join(own, OWNER), JSON.stringify(await readIdentity(process.pid)));
  const parts = {
    trees: join(own, 'trees'),
    spares: join(own, 'spares'),
    indexes: join(own, 'indexes'),
    clones: join(own, 'clones'),
  };
  await Promise.all(Object.values(parts).map((path) => mkdir(path, { mode: 0o700 })));
  return { mirrors, ...parts, close: () => removeDirectory(own) };
}

async function removeDead(processes: string): Promise<void> {
  for (const name of await readdir(processes)) {
    const directory = join(processes, name);
    if (await isDead(directory)) {
      // What cannot be removed takes up room, which is better than no start.
      await removeDirectory(directory).catch(() => undefined);
    }
  }
}

async function isDead(directory: string): Promise<boolean> {
  const pid = Number.parseInt(directory.slice(directory.lastIndexOf('/') + 1), 10);
  const [owner, now] = await Promise.all([
    readFile(join(directory, OWNER), 'utf8').catch(() => null),
    readIdentity(pid),
  ]);
  if (owner === null) {
    // Another process may be making it right now; dead when there is no such process.
    return now === null;
  }
  return owner !== JSON.stringify(now);
}

/** What tells a process from a later one with the same id: when it started. Null when there is none. */
async function readIdentity(pid: number): Promise<{ pid: number; started: string } | null> {
  if (!isAlive(pid)) {
    return null;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in brackets and may hold spaces; the start time is field 22.
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
  return { pid, started };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
