import { describe, expect, it } from 'vitest';
import { joinOutcomes } from '../../src/domain/join-outcomes.ts';
import { type OutcomeInput, outcomeSchema } from '../../src/domain/outcome.ts';
import { toStoppedOutcome } from '../../src/domain/to-stopped-outcome.ts';
import { stepSchema } from '../../src/domain/workflow.ts';
import { sha } from '../support/orders.ts';
import { asked } from '../support/outcomes.ts';

const passed: OutcomeInput = {
  kind: 'passed',
  summary: 'Found it.',
  details: 'In the lock.',
  facts: { area: 'backend', count: 1 },
};
const also: OutcomeInput = { kind: 'passed', summary: 'Slow query.', facts: { area: 'database' } };
const rejected: OutcomeInput = {
  kind: 'rejected',
  summary: 'No.',
  findings: [{ message: 'wrong', severity: 'error' }],
};
const broke: OutcomeInput = { kind: 'broke', summary: 'Crashed.', remedy: 'Retry.', retriable: true };

function toBranches(outcomes: readonly OutcomeInput[]) {
  return outcomes.map((outcome, index) => ({
    step: stepSchema.parse({
      id: `branch-${index}`,
      kind: 'agent',
      ...(index === 0 ? { title: 'First' } : {}),
    }),
    outcome: outcomeSchema.parse(outcome),
  }));
}

function join(...outcomes: readonly OutcomeInput[]) {
  return joinOutcomes(toBranches(outcomes));
}

describe('domain/join-outcomes', () => {
  it('joins what passed, in order, and lets the later one have the last word on a fact', () => {
    expect(join(passed, also)).toEqual({
      kind: 'passed',
      summary: 'First: Found it. branch-1: Slow query.',
      verdicts: [],
      details: '## First\n\nFound it.\n\nIn the lock.\n\n## branch-1\n\nSlow query.',
      facts: { area: 'database', count: 1 },
    });
  });

  it('waits for the restart of one that crashed, whatever became of the others, and keeps what they wrote', () => {
    const part = { step: 'branch-0', title: 'First', commit: sha('b') };
    const crash = toStoppedOutcome({
      kind: 'crash',
      message: 'killed',
      role: 'writer',
      crashes: 1,
      mostRestarts: 3,
      waitMs: 60_000,
      until: '2026-03-02T10:01:00.000Z',
    });
    expect(join({ ...passed, parts: [part] }, broke, rejected, crash)).toMatchObject({
      kind: 'held',
      hold: { trigger: 'crash', until: '2026-03-02T10:01:00.000Z' },
      parts: [part],
    });
  });

  it('asks a person when those who must agree on a fact do not, and keeps what all of them found', () => {
    const held = joinOutcomes(toBranches([passed, also]), ['area']);
    expect(held).toMatchObject({
      kind: 'held',
      facts: { area: 'database', count: 1 },
      hold: {
        trigger: 'conflict',
        options: [
          {
            title: 'area is backend, as First says',
            leadsTo: { kind: 'accept', facts: { area: 'backend' } },
          },
          { title: 'area is database, as branch-1 says' },
          { leadsTo: { kind: 'cancel' } },
        ],
      },
    });
    expect(held.kind === 'held' && held.details).toContain('In the lock.');
    expect(joinOutcomes(toBranches([passed, passed]), ['area']).kind).toBe('passed');
    expect(joinOutcomes(toBranches([passed, also]), ['count']).kind).toBe('passed');
  });

  it('rejects when one rejects, with the findings of all', () => {
    const both = join(rejected, passed, {
      ...rejected,
      findings: [{ message: 'also wrong', severity: 'note' }],
    });
    expect(both).toMatchObject({
      kind: 'rejected',
      findings: [{ message: 'wrong' }, { message: 'also wrong' }],
    });
  });

  it('keeps what each reviewer answered, in order, whatever came of it', () => {
    const checklists = ['first', 'second'].map((step) => ({ step, verdict: 'approve' as const, items: [] }));
    const [first, second] = checklists.map((checklist) => ({ checklists: [checklist] }));
    const warned = { findings: [{ message: 'long', severity: 'warning' as const }] };
    expect(join({ ...passed, ...first, ...warned }, { ...also, ...second })).toMatchObject({
      checklists,
      ...warned,
    });
    expect(join({ ...passed, ...first }, { ...rejected, ...second })).toMatchObject({ checklists });
    expect(join({ ...broke, ...first }, { ...rejected, ...second })).toMatchObject({
      kind: 'broke',
      checklists,
    });
    expect(join(passed, rejected)).not.toHaveProperty('checklists');
  });

  it('keeps what any of them put off, also when another rejects', () => {
    const split = { title: 'Split it', why: 'Not asked.', evidence: 'src/api.ts:3', labels: [] };
    const round = { ...split, title: 'Round' };
    const one = { ...passed, deferred: [split] };
    expect(join(one, { ...also, deferred: [round] })).toMatchObject({ deferred: [split, round] });
    expect(join(one, { ...rejected, deferred: [round] })).toMatchObject({
      kind: 'rejected',
      deferred: [split, round],
    });
  });

  it('is broken when one broke, whatever the others say', () => {
    expect(join(rejected, broke)).toMatchObject({ kind: 'broke', retriable: true, remedy: 'Retry.' });
    expect(join(broke, { ...broke, retriable: false })).toMatchObject({ retriable: false, remedy: 'Retry.' });
  });

  it('waits for a person when one must', () => {
    expect(join(passed, asked)).toMatchObject({ kind: 'held', hold: { kind: 'approval' } });
  });
});
