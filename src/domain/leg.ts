import { z } from 'zod';
import { choiceSchema } from './choice.ts';
import { isReview } from './is-review.ts';
import { isShownOpen } from './is-shown-open.ts';
import { shaSchema } from './sha.ts';
import type { DefinedStep } from './workflow.ts';

/** A stretch of a run that does a workflow which one of its steps has chosen. */
export const legSchema = z.object({
  /** The step that chose. */
  by: z.string(),
  workflow: z.string(),
  choice: choiceSchema,
  /** What it is for, in a role's words, when the run does several things one after another. */
  task: z.string().nullable(),
  /** The run's head when it was put in. */
  head: shaSchema,
  /** Enough of its steps to tell of them when the run has them no more. */
  steps: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      isReview: z.boolean(),
      isOpen: z.boolean().default(false),
    }),
  ),
  /** Another choice has taken its place. What was done in it stays on the record, and counts for nothing that follows. */
  replaced: z.literal(true).optional(),
});
export type Leg = z.infer<typeof legSchema>;

/** The steps of a leg as they are kept. */
export function toLegSteps(steps: readonly DefinedStep[]): Leg['steps'] {
  return steps.map((step) => ({
    id: step.id,
    title: step.title ?? step.id,
    isReview: isReview(step),
    isOpen: isShownOpen(step),
  }));
}
