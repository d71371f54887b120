import type { HeldRun, RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Workspace } from '../ports/workspace.ts';

/**
 * Whether the commit is a checkpoint that the run never took: its attempt was interrupted, broke, or asked a person
 * instead. A checkpoint that was taken may since have been amended by a person, so it is not.
 */
export async function isLeftover(
  run: RunningRun | HeldRun,
  commit: Sha,
  workspace: Pick<Workspace, 'readTrailers'>,
): Promise<boolean> {
  const trailers = await workspace.readTrailers(run.order.subject.repository, commit);
  return trailers['Baton-Run'] === run.order.id && !isTaken(run, trailers);
}

function isTaken({ history }: RunningRun | HeldRun, trailers: Readonly<Record<string, string>>): boolean {
  return history.some(
    ({ step, attempt, outcome }) =>
      (outcome.kind === 'passed' || 'checkpoint' in outcome) &&
      trailers['Baton-Step'] === step &&
      trailers['Baton-Attempt'] === String(attempt),
  );
}
