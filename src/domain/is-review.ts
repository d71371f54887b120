import { z } from 'zod';
import type { Step } from './workflow.ts';

/** The options of a step whose branches are performed side by side, as far as they matter here. */
const sideBySide = z.object({ steps: z.array(z.object({ kind: z.string() })) });

/** Whether a step says yes or no to the work: a review, or several side by side and nothing else. */
export function isReview({ kind, with: options }: Step): boolean {
  if (kind === 'review') {
    return true;
  }
  const branches = kind === 'parallel' ? sideBySide.safeParse(options).data?.steps : undefined;
  return branches?.every((branch) => branch.kind === 'review') ?? false;
}
