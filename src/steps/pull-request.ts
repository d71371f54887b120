import { z } from 'zod';
import { defineStepKind } from '../domain/step-kind.ts';

export const stepKind = defineStepKind({
  name: 'pull-request',
  summary: 'Opens the pull request of the run, or finds it.',
  options: z.strictObject({}),
  async perform({ run, world }) {
    if (run.head === run.base.sha) {
      return {
        kind: 'broke',
        summary: 'there is no commit to propose',
        remedy: 'Let the workflow write something before its pull request.',
        retriable: false,
      };
    }
    const pullRequest = await world.openPullRequest();
    return { kind: 'passed', summary: `pull request #${pullRequest.number} is open`, pullRequest };
  },
});
