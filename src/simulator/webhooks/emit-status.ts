import { readCommit } from '../git/commit.ts';
import type { Act } from '../operations/act.ts';
import type { Webhooks } from '../serializers/schemas.ts';
import { toCommit } from '../serializers/to-commit.ts';
import type { CommitStatus } from '../state/commit-status.ts';
import { emit, isListening } from './emit.ts';
import { toEnvelope } from './to-envelope.ts';

/** Tells the App of a commit status. */
export async function emitStatus(act: Act, status: CommitStatus): Promise<void> {
  const { world, repository } = act;
  if (!isListening(world, 'status', repository)) {
    return;
  }
  const commit = await readCommit(repository.git, status.sha);
  if (!commit) {
    return;
  }
  const branches = [...repository.announcedRefs]
    .filter(([ref, sha]) => ref.startsWith('refs/heads/') && sha === status.sha)
    .map(([ref, sha]) => ({
      name: ref.slice('refs/heads/'.length),
      commit: { sha, url: `${world.url}/repos/${repository.fullName}/commits/${sha}` },
      protected: repository.protection.has(ref.slice('refs/heads/'.length)),
    }));
  const payload: Webhooks['webhook-status'] = {
    id: status.id,
    sha: status.sha,
    name: repository.fullName,
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: status.targetUrl,
    avatar_url: `${world.url}/avatars/${status.creator.id}.svg`,
    branches,
    commit: toCommit(world, repository, commit),
    created_at: status.createdAt,
    updated_at: status.createdAt,
    ...toEnvelope(world, repository, act.actor.account),
  };
  emit(world, { event: 'status', repository, payload });
}
