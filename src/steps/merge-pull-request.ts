import { z } from 'zod';
import { MERGE_METHODS } from '../domain/merge-method.ts';
import { defineStepKind } from '../domain/step-kind.ts';

const options = z.strictObject({
  method: z
    .enum(MERGE_METHODS)
    .default('squash')
    .describe('How GitHub merges it: as one commit, with a merge commit, or commit by commit.'),
});

export const stepKind = defineStepKind({
  name: 'merge-pull-request',
  summary: 'Merges the pull request of the run, as the rules of the branch allow. Put an approval before it.',
  options,
  async perform({ run, options: { method }, world }) {
    const { pullRequest } = run;
    if (pullRequest === undefined) {
      return {
        kind: 'broke',
        summary: 'there is no pull request to merge',
        remedy: 'Let the workflow open its pull request before this step.',
        retriable: false,
      };
    }
    const merged = await world.mergePullRequest(pullRequest.number, method);
    if (merged.kind === 'refused') {
      return {
        kind: 'broke',
        summary: `GitHub does not merge pull request #${pullRequest.number}: ${merged.why}`,
        remedy: `See to what GitHub asks for (checks, reviews, conflicts), then retry; or merge #${pullRequest.number} by hand.`,
        retriable: false,
      };
    }
    const summary = `pull request #${pullRequest.number} is merged as ${merged.commit.slice(0, 7)}`;
    return { kind: 'passed', summary };
  },
});
