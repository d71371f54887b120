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
}

export function createMirrors(parts: {
  readonly git: Git;
  readonly home: Promise<ProcessHome>;
  readonly openRemote: OpenRemote;
  readonly log: Log;
}): Mirrors {
  const { git, openRemote, log } = parts;
  const serial = createSerial();
  const mirrors = new Map<number, Mirror>();

  function find(repository: Repository, directory: string): Mirror {
    const gitDir = join(directory, `${repository.id}.git`);
    const mirror = mirrors.get(repository.id) ?? {
      gitDir,
      openRemote,
      repository,
      known: new Set(),
      generation: 0,
    };
    mirror.repository = repository;
    mirrors.set(repository.id, mirror);
    return mirror;
  }

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
      const mirror = find(repository, home.mirrors);
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
  };
}
