import { z } from 'zod';
import {
  criteriaLines,
  readAcceptanceCriteria,
  readAnsweredCriteria,
} from '../domain/acceptance-criteria.ts';
import { amountOf } from '../domain/amount-of.ts';
import { CANCEL } from '../domain/escalate.ts';
import type { OutcomeInput } from '../domain/outcome.ts';
import { liveHistory } from '../domain/progress.ts';
import type { RunningRun } from '../domain/run.ts';
import { defineStepKind } from '../domain/step-kind.ts';

export const stepKind = defineStepKind({
  name: 'acceptance',
  summary:
    'Reads the acceptance criteria of the ticket, for later roles and gates: from a section `Acceptance criteria`, scenarios in `Given ... When ... Then ...`, or a task list. When there are none, a person is asked for them.',
  options: z.strictObject({}),
  endings: ['passed', 'escalation'],
  async perform({ run }) {
    const answer = lastAnswer(run);
    const criteria =
      answer === null ? readAcceptanceCriteria(run.order.ticket.body) : readAnsweredCriteria(answer);
    if (criteria.length === 0) {
      return ASK;
    }
    const from = answer === null ? 'the ticket' : 'the answer';
    return {
      kind: 'passed',
      summary: `${amountOf(criteria.length, 'acceptance criterion', 'acceptance criteria')} from ${from}`,
      details: criteriaLines(criteria),
      criteria: [...criteria],
    };
  },
});

/** What a person said when they were asked; null when nobody was, or said nothing. */
function lastAnswer(run: RunningRun): string | null {
  const last = liveHistory(run).findLast(({ step }) => step === run.step)?.decided;
  return last?.kind === 'retried' && last.reason.trim() !== '' ? last.reason : null;
}

const ASK: OutcomeInput = {
  kind: 'held',
  summary: 'the ticket has no acceptance criteria',
  hold: {
    kind: 'escalation',
    trigger: 'unclear',
    question: 'What must hold when this is done?',
    shown:
      'The ticket has no section `Acceptance criteria`, no scenario in `Given ... When ... Then ...` and no task list. Answer with the criteria, with semicolons between them: `/baton retry The sum of nothing is 0; a word is refused`.',
    options: [CANCEL],
    recommended: null,
    recommendation:
      'Two to six criteria, each something that a test can show. To keep them in the issue, end this run, edit the issue and start again.',
    blocked: 'Everything: plan, tests and code are judged by them.',
  },
};
