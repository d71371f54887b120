import { z } from 'zod';
import { issueTypeSchema } from './issue-type.ts';

/** How a workflow was chosen, and what speaks for it. Kept with the run and shown to people. */
export const choiceSchema = z.object({
  by: z.enum([
    /** It was asked for by its name. */
    'request',
    /** A label of the issue names it, by the repository's own map. */
    'label-map',
    /** The words of the issue speak for its type. */
    'rules',
    /** The lead read the issue and said so. */
    'lead',
    /** A person was asked, and answered. */
    'person',
    /** A spec lays out the steps. */
    'spec',
    /** Nobody has yet: the workflow of the run only finds out. */
    'nobody',
  ]),
  /** Null when the workflow handles no type of its own. */
  type: issueTypeSchema.nullable(),
  /** From 0 to 1. 1 when somebody said so rather than guessed. */
  confidence: z.number().min(0).max(1),
  /** In words that a maintainer understands. */
  reasons: z.array(z.string().min(1)),
});
export type Choice = z.infer<typeof choiceSchema>;

/** The later choice, and after its own reasons why nothing could decide before it: so somebody had to. */
export function followUp(before: Choice, choice: Choice): Choice {
  return before.by === 'nobody' ? { ...choice, reasons: [...choice.reasons, ...before.reasons] } : choice;
}
