import type { RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Workspace } from '../ports/workspace.ts';

/**
 * Moves the run's branch from the run's head to `commit`. A commit that this attempt left there before a crash is
 * replaced, and so is one of an earlier attempt that broke before it knew that its push had arrived. Anything else means
 * that somebody else pushed, and then the branch is left alone.
 */
export async function pushCheckpoint(
  run: RunningRun,
  commit: Sha,
  workspace: Workspace,
): ReturnType<Workspace['push']> {
  if (run.order.change !== undefined) {
    throw new RangeError(`run ${run.order.id} is about a pull request, where nothing is pushed`);
  }
  const { repository } = run.order.subject;
  const request = { repository, runId: run.order.id, branch: run.order.branch, commit };
  const expected = run.head === run.base.sha ? null : run.head;
  const first = await workspace.push({ ...request, expected });
  if (first.kind === 'pushed' || first.to === null || !(await isOurs(run, first.to, workspace))) {
    return first;
  }
  return await workspace.push({ ...request, expected: first.to });
}

/** A rollback to before the first checkpoint leaves the branch at the base. */
async function isOurs(run: RunningRun, commit: Sha, workspace: Workspace): Promise<boolean> {
  const isBack = run.head === run.base.sha && commit === run.base.sha;
  return isBack || (await isLeftover(run, commit, workspace));
}

async function isLeftover(run: RunningRun, commit: Sha, workspace: Workspace): Promise<boolean> {
  const trailers = await workspace.readTrailers(run.order.subject.repository, commit);
  return (
    trailers['Baton-Run'] === run.order.id &&
    trailers['Baton-Step'] === run.step &&
    untakenAttempts(run).some((attempt) => trailers['Baton-Attempt'] === String(attempt))
  );
}

/**
 * Attempts at the present step whose checkpoint the run never took: they broke, or asked a person. A passed one's may
 * since have been amended by a person.
 */
function untakenAttempts(run: RunningRun): readonly number[] {
  const untaken = run.history.filter(({ step, outcome }) => step === run.step && outcome.kind !== 'passed');
  return [run.attempt, ...untaken.map(({ attempt }) => attempt)];
}
