import { existsSync } from 'node:fs';
import type { Sha } from '../../domain/sha.ts';
import { GitError } from '../git/git-error.ts';
import { type Remote, toFullName } from '../remote/remote.ts';
import { readDefaultBranch } from '../remote/remote-refs.ts';
import { fetchMirror } from './fetch-mirror.ts';
import { hasLostTips } from './find-missing.ts';
import { isDamage, type Mirror, type MirrorTools, readMissing } from './mirror.ts';
import { renewMirror } from './renew-mirror.ts';

/**
 * Brings commits into the mirror, with the cheapest means that works: nothing, a fetch of the branches, a mirror
 * made anew, a fetch of the very commit. Only one at a time per mirror.
 * @throws Error when the remote does not have a commit or cannot be reached.
 */
export async function supplyCommits(
  tools: MirrorTools,
  mirror: Mirror,
  commits: readonly Sha[],
): Promise<void> {
  let missing = await readOrRenew(tools, mirror, commits);
  if (missing.length === 0) {
    return;
  }
  const remote = await mirror.openRemote(mirror.repository, 'fetch');
  if (!(await isFetched(tools, mirror, remote))) {
    await renewMirror(tools, mirror);
  }
  missing = await readMissing(tools.git, mirror, commits);
  if (missing.length > 0 && (await hasLostTips(tools.git, mirror))) {
    await renewMirror(tools, mirror);
    missing = await readMissing(tools.git, mirror, commits);
  }
  for (const commit of missing) {
    await fetchCommit(tools, mirror, { remote, commit });
  }
}

async function readOrRenew(
  tools: MirrorTools,
  mirror: Mirror,
  commits: readonly Sha[],
): Promise<readonly Sha[]> {
  if (existsSync(mirror.gitDir)) {
    try {
      return await readMissing(tools.git, mirror, commits);
    } catch (error) {
      if (!isDamage(error)) {
        throw error;
      }
      tools.log.warn({ repository: toFullName(mirror.repository), reason: String(error) }, 'damaged mirror');
    }
  }
  await renewMirror(tools, mirror);
  return readMissing(tools.git, mirror, commits);
}

/** False when the fetch fails although the remote answers: then the fault is the mirror's. */
async function isFetched(tools: MirrorTools, mirror: Mirror, remote: Remote): Promise<boolean> {
  try {
    await fetchMirror(tools.git, mirror.gitDir, { remote });
    return true;
  } catch (error) {
    if (!(error instanceof GitError) || error.facts.failure !== 'failed') {
      throw error;
    }
    await readDefaultBranch(tools.git, remote);
    tools.log.warn({ repository: remote.call.repository, reason: error.message }, 'damaged mirror');
    return false;
  }
}

async function fetchCommit(
  tools: MirrorTools,
  mirror: Mirror,
  wanted: { remote: Remote; commit: Sha },
): Promise<void> {
  try {
    await fetchMirror(tools.git, mirror.gitDir, wanted);
  } catch (cause) {
    throw new Error(
      `${wanted.remote.call.repository} did not give commit ${wanted.commit}. If it was removed from the remote, start the run again from the current base.`,
      { cause },
    );
  }
}
