import { z } from 'zod';
import type { BegunRun } from './run.ts';

/** How a run proposes its work. */
export const proposalSchema = z.strictObject({
  issue: z
    .enum(['closed', 'open'])
    .default('closed')
    .describe('What a merge makes of the issue: `open` when more is to be done about it.'),
  title: z
    .string()
    .min(1)
    .max(100)
    .default('{title}')
    .describe('The title of the pull request; `{title}` stands for that of the issue.'),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** What the step says that opens the pull request of a run. */
export function proposalOf({ definition }: Pick<BegunRun, 'definition'>): Proposal {
  const step = definition.workflow.steps.find(({ kind }) => kind === 'pull-request');
  return proposalSchema.parse(step?.with ?? {});
}
