import { isBegun, type Run } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { gateChecks } from './gate-checks.ts';
import { holdChecks } from './hold-checks.ts';
import { progressComment } from './progress-comment.ts';
import { pullRequest } from './pull-request.ts';
import { reviewChecks } from './review-checks.ts';
import { securityBlocks } from './security-blocks.ts';
import { successCheck } from './success-check.ts';
import { typeLabel } from './type-label.ts';
import { waitingLabel } from './waiting-label.ts';

/** All that is shown of a run, in a fixed order: the same run gives the same surfaces. */
export function present(run: Run): readonly SurfaceInput[] {
  const labels = [waitingLabel(run), typeLabel(run)].filter((label) => label !== null);
  return [
    progressComment(run),
    ...gateChecks(run),
    ...reviewChecks(run),
    ...holdChecks(run),
    ...securityBlocks(run),
    ...successCheck(run),
    // Opened by its own step; from then on it is kept up to date.
    ...(isBegun(run) && run.pullRequest !== undefined ? [pullRequest(run)] : []),
    ...labels,
  ];
}
