import type { RunningRun } from '../domain/run.ts';
import { type MsBetween, printRunState } from '../domain/run-state.ts';
import type { Sha } from '../domain/sha.ts';
import { toTicketKey } from '../domain/ticket-key.ts';
import type { Workspace } from '../ports/workspace.ts';

/**
 * Where the repository wants it, a commit on top of a checkpoint with the state of the run as it was when the attempt
 * began; else the checkpoint itself. The trailers are the attempt's, so both are recognised as one. Safe to repeat.
 */
export async function commitState(
  run: RunningRun,
  checkpoint: Sha,
  {
    workspace,
    msBetween,
  }: { readonly workspace: Pick<Workspace, 'commitFile'>; readonly msBetween: MsBetween },
): Promise<Sha> {
  if (run.settings.delivery.stateFile !== true) {
    return checkpoint;
  }
  const { order, step, attempt, since } = run;
  const path = `.claude/state/${toTicketKey(order)}.json`;
  const seal = {
    repository: order.subject.repository,
    runId: order.id,
    step,
    attempt,
    subject: `Write ${path}`,
    at: since,
  };
  const file = { path, text: printRunState(run, msBetween) };
  return (await workspace.commitFile(checkpoint, file, seal)) ?? checkpoint;
}
