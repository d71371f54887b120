import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/domain/run.ts';
import { workflowSchema } from '../../src/domain/workflow.ts';
import { anOrder } from '../support/orders.ts';
import { objected } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';

const worked = { kind: 'passed', summary: 'done', facts: { left: true } } as const;

/** Work and a review of it, twice more at most. */
function runOf(onReject: string | undefined, rounds: readonly Parameters<typeof runAfter>[0][number][]): Run {
  const workflow = workflowSchema.parse({
    name: 'rounds',
    description: 'Works until nothing is left.',
    steps: [
      { id: 'work', kind: 'agent', with: { role: 'r' } },
      {
        id: 'look',
        kind: 'review',
        onReject,
        with: { role: 'r' },
        again: { from: 'work', when: { fact: 'left', is: true }, atMost: 2 },
      },
    ],
  });
  return runAfter(rounds, anOrder(), { workflow, roles: {} });
}

function placeOf(run: Run): string {
  return 'step' in run ? `${run.state} at ${run.step}` : run.state;
}

describe('domain/move-on: rounds', () => {
  const passed = { kind: 'passed', summary: 'good' } as const;

  it.each([
    ['passes', undefined, passed],
    ['rejects and goes on', 'go-on', objected],
  ])('asks a person after the last round of a step that %s', (_how, onReject, look) => {
    const round = [worked, look];
    expect(placeOf(runOf(onReject, [...round, ...round]))).toBe('running at work');
    expect(placeOf(runOf(onReject, [...round, ...round, ...round]))).toBe('held at look');
  });

  it('does not count a rejection that is mended as a round', () => {
    const round = [worked, objected, worked, passed];
    expect(placeOf(runOf('work', [...round, ...round]))).toBe('running at work');
    expect(placeOf(runOf('work', [...round, ...round, ...round]))).toBe('held at look');
  });
});
