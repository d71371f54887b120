import { ownBranch } from '../domain/own-branch.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Pushed, Workspace } from '../ports/workspace.ts';
import { isLeftover } from './is-leftover.ts';

/**
 * Moves the run's branch from the run's head to `commit`. A commit that this attempt left there before a crash is
 * replaced, and so is one of an earlier attempt that broke before it knew that its push had arrived. Anything else means
 * that somebody else pushed, and then the branch is left alone. An own branch begins anew with each attempt.
 */
export async function pushCheckpoint(
  run: RunningRun,
  commit: Sha,
  { workspace, branch }: { readonly workspace: Workspace; readonly branch: 'run' | 'own' },
): Promise<Pushed> {
  if (run.order.change !== undefined) {
    throw new RangeError(`run ${run.order.id} is about a pull request, where nothing is pushed`);
  }
  const { repository } = run.order.subject;
  const name = branch === 'own' ? ownBranch(run.order, run.step) : run.order.branch;
  const request = { repository, runId: run.order.id, branch: name, commit };
  const expected = branch === 'own' || run.head === run.base.sha ? null : run.head;
  const first = await workspace.push({ ...request, expected });
  if (first.kind !== 'moved' || first.to === null || !(await isOurs(run, first.to, workspace))) {
    return first;
  }
  return await workspace.push({ ...request, expected: first.to });
}

/** A rollback to before the first checkpoint leaves the branch at the base. */
async function isOurs(run: RunningRun, commit: Sha, workspace: Workspace): Promise<boolean> {
  const isBack = run.head === run.base.sha && commit === run.base.sha;
  return isBack || (await isLeftover(run, commit, workspace));
}
