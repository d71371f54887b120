import { describe, expect, it } from 'vitest';
import { type BegunRun, isBegun } from '../../src/domain/run.ts';
import { toSuccess } from '../../src/domain/success.ts';
import type { SuccessCriterion } from '../../src/domain/success-criterion.ts';
import { aHeldRun, aSecurityHeldRun, aSucceededRun } from '../support/runs.ts';

function judge(run: BegunRun, criterion: SuccessCriterion) {
  const workflow = { ...run.definition.workflow, success: [criterion] };
  return toSuccess({ ...run, definition: { ...run.definition, workflow } })[0];
}

function aDoneRun(): BegunRun {
  const run = aSucceededRun();
  if (!isBegun(run)) {
    throw new Error('a run that succeeded has begun');
  }
  return run;
}

const title = 'x';

describe('src/domain/success', () => {
  it('counts steps that are done', () => {
    const [first = '', second = ''] = aDoneRun().definition.workflow.steps.map(({ id }) => id);
    expect(judge(aDoneRun(), { title, steps: [first, second] })).toMatchObject({ state: 'met' });
    expect(judge(aHeldRun(), { title, steps: [first, 'implementation'] })).toEqual({
      title,
      state: 'not met',
      evidence: ['implementation is not done'],
    });
  });

  it('counts no step that was rolled back, though it was done again', () => {
    const run = aDoneRun();
    const history = run.history.map((record, index) =>
      index === 1 ? { ...record, undone: true as const } : record,
    );
    const step = run.history[1]?.step ?? '';
    expect(judge({ ...run, history }, { title, steps: [step] })).toMatchObject({
      state: 'not met',
      evidence: expect.arrayContaining([`${step} was rolled back`]),
    });
  });

  it('takes the newest verdict of each gate', () => {
    expect(judge(aDoneRun(), { title, gates: ['tests', 'lint'] })).toMatchObject({
      state: 'met',
      evidence: [expect.stringMatching(/^tests: /), expect.stringMatching(/^lint: /)],
    });
    expect(judge(aDoneRun(), { title, gates: ['nothing'] })).toMatchObject({
      state: 'not applicable',
      evidence: ['no gate has judged it'],
    });
  });

  it('says who let a finding go on, and that it is one', () => {
    const held = aSecurityHeldRun();
    const [gate = ''] =
      held.history
        .at(-1)
        ?.outcome.verdicts.flatMap((one) => (one.verdict.kind === 'hold' ? [one.gate] : [])) ?? [];
    const decided = { by: { id: 5, login: 'noor' }, kind: 'approved' as const, at: held.since, reason: '' };
    const history = held.history.map((record, index) =>
      index === held.history.length - 1 ? { ...record, decided } : record,
    );
    expect(judge({ ...held, history }, { title, gates: [gate] })).toMatchObject({
      state: 'not met',
      evidence: [expect.stringContaining('; accepted by noor')],
    });
  });

  it('asks for an approval only where there is one', () => {
    const held = aHeldRun();
    expect(judge(held, { title, approval: held.step })).toMatchObject({ state: 'not met' });
    expect(judge(held, { title, approval: 'never' })).toMatchObject({ state: 'not applicable' });
    expect(judge(aDoneRun(), { title, approval: held.step })).toMatchObject({
      state: 'met',
      evidence: [expect.stringMatching(/^approved by /)],
    });
  });
});
