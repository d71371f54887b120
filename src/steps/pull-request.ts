import { proposalSchema } from '../domain/proposal-of.ts';
import { defineStepKind } from '../domain/step-kind.ts';

export const stepKind = defineStepKind({
  name: 'pull-request',
  summary: 'Opens the pull request of the run, or finds it, and files what was put off as issues.',
  options: proposalSchema,
  writes: () => true,
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
    const { debts, unfiled } = await world.fileDebts(pullRequest);
    const summary = `pull request #${pullRequest.number} is open`;
    return { kind: 'passed', summary, pullRequest, debts: [...debts], unfiled: [...unfiled] };
  },
});
