import type { Order } from './run.ts';

/** What all branches of their own of a run begin with, and the run's branch does not. */
export function ownBranchPrefix({ branch }: Pick<Order, 'branch'>): string {
  return `${branch}--`;
}

/** The branch for what one step writes beside others. */
export function ownBranch(order: Pick<Order, 'branch'>, step: string): string {
  return `${ownBranchPrefix(order)}${step}`;
}
