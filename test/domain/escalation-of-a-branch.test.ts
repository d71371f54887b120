import { describe, expect, it } from 'vitest';
import { joinOutcomes } from '../../src/domain/join-outcomes.ts';
import { outcomeSchema } from '../../src/domain/outcome.ts';
import { toEscalationOutcome } from '../../src/domain/reported-escalation.ts';
import { stepSchema } from '../../src/domain/workflow.ts';
import { anOrder, aWorkflow, sha } from '../support/orders.ts';
import { approved, asked, built, designed, judged, triaged } from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';

const BRANCHES = ['data-review', 'code-review'].map((id) =>
  stepSchema.parse({ id, kind: 'review', with: { role: id } }),
);

/** A workflow whose review is done by two side by side. */
function withTwoReviewers() {
  const { steps } = aWorkflow();
  return aWorkflow({
    steps: steps.map((step) =>
      step.id === 'review' ? { ...step, kind: 'parallel', with: { steps: BRANCHES } } : step,
    ),
  });
}

describe('src/domain/advance-by-outcome: a question of one of several side by side', () => {
  it('leads back to the step that all of them stand in', () => {
    const question = toEscalationOutcome('data-review', {
      summary: 'The lock lasts for minutes.',
      details: '',
      escalation: {
        trigger: 'security-or-speed',
        issue: 'Is a minute without writes acceptable?',
        options: [{ title: 'Accept it', tradeOff: 'Simple, at night.' }],
        recommended: 1,
        recommendation: '',
        blocked: '',
      },
    });
    const outcome = joinOutcomes(
      BRANCHES.map((step, index) => ({
        step,
        outcome: outcomeSchema.parse(index === 0 ? question : { kind: 'passed', summary: 'Fine.' }),
      })),
    );
    const before = [triaged, designed, asked, approved(), built(sha('b')), judged];
    const held = runAfter([...before, outcome], anOrder(), { workflow: withTwoReviewers(), roles: {} });
    expect(held).toMatchObject({ state: 'held', step: 'review' });
    const answer = { kind: 'choose', option: 1, givenAt: '2026-03-02T09:58:00.000Z', head: null } as const;
    expect(happen(held, answer)).toMatchObject({ kind: 'return', run: { state: 'running', step: 'review' } });
  });
});
