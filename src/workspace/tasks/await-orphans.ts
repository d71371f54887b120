import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { TaskRefusal } from '../../domain/task-refusal.ts';

const POLL_MS = 20;
const PATIENCE_MS = 20_000;

/** Tells in the environment of a git process, and of all that it starts, whose it is. */
const OWNER = 'BATON_TASK_GIT';

/** What git is started with so that it is found when it has lost its owner. `own` is the directory of this process. */
export function toOwnerMark(own: string): Readonly<Record<string, string>> {
  return { [OWNER]: own };
}

/**
 * Waits until every git has ended that a dead process of ours has left behind. They are not killed: one that ends by
 * itself leaves no lock of git's behind.
 * @param processes where each process has its directory, whose name begins with its id.
 * @throws TaskRefusal when they do not end.
 */
export async function awaitOrphans(processes: string): Promise<void> {
  for (let waitedMs = 0; await hasOrphan(processes); waitedMs += POLL_MS) {
    if (waitedMs >= PATIENCE_MS) {
      throw new TaskRefusal({
        what: `git processes that a crash has left are still at work after ${PATIENCE_MS / 1000} s`,
        where: processes,
        remedy: 'Repeat the call when they have ended.',
      });
    }
    await delay(POLL_MS);
  }
}

async function hasOrphan(processes: string): Promise<boolean> {
  // Where there is no /proc, as on macOS, nobody is found; a call then meets what is half done, and says so.
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const owners = await Promise.all(ids.map((id) => readOwner(id, processes)));
  const dead = await Promise.all([...new Set(owners)].map(isDead));
  return dead.includes(true);
}

/** The id of the process that started a git of ours; null for all other processes. */
async function readOwner(id: string, processes: string): Promise<string | null> {
  const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
  const mark = `${OWNER}=${processes}/`;
  const entry = environment.split('\0').find((text) => text.startsWith(mark));
  return entry === undefined ? null : (/^\d+/.exec(entry.slice(mark.length))?.[0] ?? null);
}

/** One that has ended and was not yet waited for by its parent has no program any more. */
async function isDead(owner: string | null): Promise<boolean> {
  return owner !== null && (await readlink(`/proc/${owner}/exe`).catch(() => null)) === null;
}
