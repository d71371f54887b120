import { join } from 'node:path';
import type { Sha } from '../../domain/sha.ts';
import type { Repository } from '../../domain/subject.ts';
import type { Log } from '../../ports/log.ts';
import type { Git } from '../git/run-git.ts';
import type { ProcessHome } from '../process-home.ts';
import { type OpenRemote, toFullName } from '../remote/remote.ts';
import { createSerial } from '../serial.ts';
import { isDamage, type Mirror, type MirrorTools, readMissing } from './mirror.ts';
import { renewMirror } from './renew-mirror.ts';
import { supplyCommits } from './supply-commits.ts';
import { markUsed, removeUnused } from './unused-mirrors.ts';

/** The bare mirrors, one per repository id. */
export interface Mirrors {
  /**
   * Does `work` on a mirror that has `commits`. When the mirror turns out to be damaged it is made anew and the work
   * is done again, so work must be repeatable.
   * @throws Error when a commit is neither here nor on the remote.
   */
  use<Result>(
    repository: Repository,
    commits: readonly Sha[],
    work: (gitDir: string) => Promise<Result>,
  ): Promise<Result>;
  /** Removes those that no process has used for so long, and says how many. */
  removeUnused(olderThanMs: number): Promise<number>;
}

/** How often it is noted that a mirror is used. */
const MARK_EVERY_MS = 60 * 60_000;

export function createMirrors(parts: {
  readonly git: Git;
  readonly home: Promise<ProcessHome>;
  readonly openRemote: OpenRemote;
  readonly log: Log;
}): Mirrors {
  const { git, openRemote, log } = parts;
  const serial = createSerial();
  const mirrors = new Map<number, Mirror>();

  /** The queue is entered only when something is missing, so that work on a warm mirror never waits for a fetch. */
  async function ensure(tools: MirrorTools, mirror: Mirror, commits: readonly Sha[]): Promise<void> {
    const missing = await readMissing(git, mirror, commits).catch(() => commits);
    if (missing.length > 0) {
      await serial(mirror.repository.id, () => supplyCommits(tools, mirror, commits));
    }
  }

  return {
    async use(repository, commits, work) {
      const home = await parts.home;
      const tools: MirrorTools = { git, log, clones: home.clones };
      const mirror = find(mirrors, {
        repository,
        gitDir: join(home.mirrors, `${repository.id}.git`),
        openRemote,
      });
      await mark(mirror);
      await ensure(tools, mirror, commits);
      const { generation } = mirror;
      try {
        return await work(mirror.gitDir);
      } catch (error) {
        if (!isDamage(error)) {
          throw error;
        }
        log.warn({ repository: toFullName(repository), reason: String(error) }, 'damaged mirror');
        await serial(repository.id, () =>
          mirror.generation === generation ? renewMirror(tools, mirror) : Promise.resolve(),
        );
        await ensure(tools, mirror, commits);
        return work(mirror.gitDir);
      }
    },
    async removeUnused(olderThanMs) {
      const removed = await removeUnused(await parts.home, olderThanMs);
      for (const id of removed) {
        mirrors.delete(id);
      }
      return removed.length;
    },
  };
}

/** What is known of the mirror in this process; of one that nobody has asked for, nothing. */
function find(
  mirrors: Map<number, Mirror>,
  { repository, ...place }: Pick<Mirror, 'repository' | 'gitDir' | 'openRemote'>,
): Mirror {
  const mirror = mirrors.get(repository.id) ?? {
    ...place,
    repository,
    known: new Set(),
    generation: 0,
    markedAt: Number.NEGATIVE_INFINITY,
  };
  mirror.repository = repository;
  mirrors.set(repository.id, mirror);
  return mirror;
}

async function mark(mirror: Mirror): Promise<void> {
  const now = performance.now();
  if (now - mirror.markedAt >= MARK_EVERY_MS) {
    mirror.markedAt = now;
    await markUsed(mirror.gitDir);
  }
}
