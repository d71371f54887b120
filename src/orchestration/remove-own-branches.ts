import { ownBranchPrefix } from '../domain/own-branch.ts';
import type { BegunRun } from '../domain/run.ts';
import type { StepKind } from '../domain/step-kind.ts';
import { isLeaseLost } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';
import type { Workspace } from '../ports/workspace.ts';

/** What removing branches needs of the rest. */
export interface Broom {
  readonly stepKind: (name: string) => StepKind | undefined;
  readonly workspace: Pick<Workspace, 'removeBranches'>;
  readonly log: Log;
}

/**
 * Removes the branches on which steps of a run have written beside others, when any could have. What could not be removed
 * is left, and logged: it is on no way to the base.
 */
export async function removeOwnBranches(run: BegunRun, { stepKind, workspace, log }: Broom): Promise<void> {
  if (!writesBeside(run, stepKind)) {
    return;
  }
  const { id, subject } = run.order;
  const prefix = ownBranchPrefix(run.order);
  try {
    await workspace.removeBranches({ repository: subject.repository, runId: id, prefix });
    log.info({ runId: id, prefix }, 'branches of a run were removed');
  } catch (error) {
    if (isLeaseLost(error)) {
      throw error;
    }
    log.warn({ runId: id, prefix, error }, 'branches of a run could not be removed');
  }
}

/** An attempt that was interrupted leaves no part behind in the history, so the steps are looked at as well. */
function writesBeside({ definition, history }: BegunRun, stepKind: Broom['stepKind']): boolean {
  return (
    history.some(({ outcome }) => 'parts' in outcome && outcome.parts !== undefined) ||
    definition.workflow.steps.some((step) => {
      const kind = stepKind(step.kind);
      const options = kind?.options.safeParse(step.with);
      const branches = kind !== undefined && options?.success === true ? kind.branches(options.data) : [];
      return branches.some(({ with: given }) => given['branch'] === 'own');
    })
  );
}
