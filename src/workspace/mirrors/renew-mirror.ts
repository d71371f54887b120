import { randomUUID } from 'node:crypto';
import { cp, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { toFullName } from '../remote/remote.ts';
import { removeDirectory } from '../remove-directory.ts';
import { fetchMirror } from './fetch-mirror.ts';
import { initMirror } from './init-mirror.ts';
import type { Mirror, MirrorTools } from './mirror.ts';

/**
 * Makes the mirror anew beside the old one and then puts it in its place, so that a mirror is always whole:
 * `clones` is on the same file system, and is cleaned after a crash.
 */
export async function renewMirror(tools: MirrorTools, mirror: Mirror): Promise<void> {
  const repository = toFullName(mirror.repository);
  const remote = await mirror.openRemote(mirror.repository, 'fetch');
  const name = randomUUID();
  const fresh = join(tools.clones, `${name}.new`);
  const old = join(tools.clones, `${name}.old`);
  tools.log.info({ repository }, 'cloning a mirror');
  try {
    await initMirror(tools.git, fresh, repository);
    await fetchMirror(tools.git, fresh, { remote });
    await keepOwnCommits(mirror.gitDir, fresh);
    await moveAway(mirror.gitDir, old);
    await rename(fresh, mirror.gitDir);
  } finally {
    await Promise.all([removeDirectory(fresh), removeDirectory(old)]);
  }
  mirror.generation += 1;
  mirror.known = new Set();
}

/** Commits that are sealed but not yet pushed exist only as loose objects of the old mirror. */
async function keepOwnCommits(oldDir: string, newDir: string): Promise<void> {
  const names = await readdir(join(oldDir, 'objects')).catch(() => []);
  for (const name of names.filter((entry) => /^[0-9a-f]{2}$/.test(entry))) {
    // What cannot be read any more is lost with the old mirror; its step is done again.
    await cp(join(oldDir, 'objects', name), join(newDir, 'objects', name), {
      recursive: true,
      force: false,
    }).catch(() => undefined);
  }
}

async function moveAway(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      throw error;
    }
  }
}
