import { z } from 'zod';
import { liveHistory } from '../domain/progress.ts';
import { defineStepKind } from '../domain/step-kind.ts';

const options = z.strictObject({
  show: z.string().min(1).describe('The earlier step whose result the person decides on.'),
  question: z.string().min(1).max(300).describe('What the person is asked.'),
});

export const stepKind = defineStepKind({
  name: 'approval',
  summary:
    'Holds the run until somebody with write access approves or rejects what an earlier step produced.',
  options,
  endings: ['approval'],
  earlierSteps: ({ show }) => [show],
  async perform({ run, options: { show, question } }) {
    const shown = liveHistory(run).findLast((record) => record.step === show)?.outcome;
    if (shown?.kind !== 'passed') {
      return {
        kind: 'broke',
        summary: `there is no result of ${show} to show`,
        remedy: `Let the workflow run ${show} before this approval.`,
        retriable: false,
      };
    }
    return {
      kind: 'held',
      summary: shown.summary,
      hold: { kind: 'approval', question, shown: `${shown.summary}\n\n${shown.details}` },
    };
  },
});
