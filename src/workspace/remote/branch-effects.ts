import type { Repository } from '../../domain/subject.ts';
import type { Effect } from '../../ports/effects.ts';
import type { Workspace } from '../../ports/workspace.ts';
import type { Git } from '../git/run-git.ts';
import type { Mirrors } from '../mirrors/create-mirrors.ts';
import { pushBranch } from './push-branch.ts';
import type { OpenRemote } from './remote.ts';
import { readRemoteHead } from './remote-refs.ts';
import { type OwnBranch, removeBranch } from './remove-branch.ts';

/** What writing to the remote needs. */
interface RemoteTools {
  readonly git: Git;
  readonly openRemote: OpenRemote;
  readonly mirrors: Mirrors;
}

/** Moving a branch, by whose remote head it is known whether it was done. */
export function toPushEffect(
  tools: RemoteTools,
  request: Parameters<Workspace['push']>[0],
): Effect<{ kind: 'pushed' }> {
  const { git, openRemote, mirrors } = tools;
  const { repository, runId, branch, commit, expected } = request;
  return {
    key: `${runId}/push/${branch}/${expected ?? 'absent'}/${commit}`,
    kind: 'push',
    runId,
    async lookUp() {
      const head = await readRemoteHead(git, await openRemote(repository, 'fetch'), branch);
      return head === commit ? { kind: 'pushed' } : null;
    },
    async send() {
      await mirrors.use(repository, [commit], async (gitDir) =>
        pushBranch(
          git,
          { gitDir, remote: await openRemote(repository, 'push') },
          { branch, commit, expected },
        ),
      );
      return { kind: 'pushed' };
    },
  };
}

/** Removing a branch of a run's own. */
export function toRemovalEffect(
  { git, openRemote, mirrors }: RemoteTools,
  { repository, runId }: { readonly repository: Repository; readonly runId: string },
  own: OwnBranch,
): Effect<{ kind: 'removed' }> {
  return {
    key: `${runId}/remove/${own.branch}/${own.head}`,
    kind: 'push',
    runId,
    async lookUp() {
      const head = await readRemoteHead(git, await openRemote(repository, 'fetch'), own.branch);
      return head === null ? { kind: 'removed' } : null;
    },
    async send() {
      await mirrors.use(repository, [], async (gitDir) =>
        removeBranch(git, { gitDir, remote: await openRemote(repository, 'push') }, own),
      );
      return { kind: 'removed' };
    },
  };
}
