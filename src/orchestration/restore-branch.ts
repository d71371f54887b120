import type { Restored } from '../domain/event.ts';
import type { HeldRun, RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import { isLeaseLost } from '../ports/lease.ts';
import type { Pushed, Workspace } from '../ports/workspace.ts';
import { isLeftover } from './is-leftover.ts';

type Remote = Pick<Workspace, 'push' | 'remoteHead' | 'readTrailers'>;

/**
 * Puts the run's branch back to an earlier commit of the run. What an interrupted attempt has left there goes; what
 * somebody else has pushed stays, and then nothing is moved. When GitHub cannot be asked, the run stays as it is.
 */
export async function restoreBranch(
  { run, commit }: { readonly run: RunningRun | HeldRun; readonly commit: Sha },
  workspace: Remote,
): Promise<Restored> {
  try {
    return await tryToRestore(run, commit, workspace);
  } catch (error) {
    if (isLeaseLost(error)) {
      throw error;
    }
    return 'failed';
  }
}

const RESTORED = { pushed: 'restored', moved: 'moved', forbidden: 'failed' } as const satisfies Record<
  Pushed['kind'],
  Restored
>;

async function tryToRestore(run: RunningRun | HeldRun, commit: Sha, workspace: Remote): Promise<Restored> {
  const { id, subject, branch } = run.order;
  const { repository } = subject;
  if (run.order.change !== undefined) {
    // It judges what stays where it is, and has no branch of its own.
    return commit === run.head ? 'restored' : 'moved';
  }
  const live = await workspace.remoteHead(repository, branch);
  if (live === commit || (live === null && commit === run.base.sha)) {
    return 'restored';
  }
  if (live === null || (live !== run.head && !(await isLeftover(run, live, workspace)))) {
    return 'moved';
  }
  const pushed = await workspace.push({ repository, runId: id, branch, commit, expected: live });
  return RESTORED[pushed.kind];
}
