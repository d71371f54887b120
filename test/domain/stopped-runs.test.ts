import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/advance.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { joinUsage } from '../../src/domain/join-usage.ts';
import type { ModelRefusal } from '../../src/domain/model-refusal.ts';
import type { Permission } from '../../src/domain/permission.ts';
import type { HeldRun, Run } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import { toStoppedOutcome } from '../../src/domain/to-stopped-outcome.ts';
import { MAINTAINER } from '../support/orders.ts';
import { triaged } from '../support/outcomes.ts';
import { happen, minute, runAfter } from '../support/run-after.ts';

const LIMIT = { unit: 'usd', value: 5 } as const;
const USED_UP: ModelRefusal = {
  kind: 'budget',
  scope: 'run',
  limit: LIMIT,
  message: 'Used: $5.02 of the budget of this run, $5.',
  until: null,
};
const NO_QUOTA: ModelRefusal = { kind: 'quota', message: 'No more for now (429).', until: minute(30) };

function stoppedBy(refusal: ModelRefusal): HeldRun {
  const run = runAfter([triaged, toStoppedOutcome(refusal)]);
  if (run.state !== 'held') {
    throw new Error('the run was to be held');
  }
  return run;
}

function choose(run: Run, option: number, permission?: Permission): Decision {
  const steer: Steer = { kind: 'choose', option, head: null };
  return advance(run, { kind: 'steered', at: minute(9), by: MAINTAINER, steer, permission });
}

describe('src/domain/to-stopped-outcome', () => {
  it('asks for more, in two sizes, and always offers the end', () => {
    const { hold } = stoppedBy(USED_UP);
    expect(hold).toMatchObject({ kind: 'escalation', trigger: 'budget', resumeAt: 'architecture' });
    expect(hold.kind === 'escalation' ? hold.options.map(({ leadsTo }) => leadsTo) : []).toEqual([
      { kind: 'resume', raise: { unit: 'usd', value: 2.5 } },
      { kind: 'resume', raise: LIMIT },
      { kind: 'cancel' },
    ]);
  });

  it.each(['repository', 'day'] as const)('does not offer to raise what is for a %s', (scope) => {
    const { hold } = stoppedBy({ ...USED_UP, scope, until: minute(50) });
    expect(hold).toMatchObject({ until: minute(50) });
    expect(hold.kind === 'escalation' ? hold.options.map(({ leadsTo }) => leadsTo) : []).toEqual([
      { kind: 'resume', raise: null },
      { kind: 'cancel' },
    ]);
  });
});

describe('src/domain/raise-budget', () => {
  const more: Steer = { kind: 'budget', amount: { unit: 'usd', value: 3 } };

  it('lets the step be done again, at its next attempt and from the same head', () => {
    const held = stoppedBy(USED_UP);
    const { kind, run } = happen(held, more, minute(9));
    expect(kind).toBe('repeat');
    expect(run).toMatchObject({
      state: 'running',
      step: 'architecture',
      attempt: 2,
      head: held.head,
      raises: [{ by: MAINTAINER, at: minute(9), amount: more.amount }],
    });
    expect('history' in run ? run.history.at(-1)?.decided?.kind : null).toBe('retried');
  });

  it('is remembered before anything is used up, and while something else is asked', () => {
    const running = runAfter([triaged]);
    const { kind, run } = happen(running, more);
    expect(kind).toBe('repeat');
    expect(run).toEqual({ ...running, raises: [{ by: MAINTAINER, at: minute(59), amount: more.amount }] });
    const paused = happen(happen(run, { kind: 'pause', reason: '' }).run, more);
    expect(paused.kind).toBe('hold');
    expect('raises' in paused.run ? paused.run.raises : []).toHaveLength(2);
  });

  it('tells when the unit is another, and when it is not for comments to raise', () => {
    const words: Steer = { kind: 'budget', amount: { unit: 'tokens', value: 1000 } };
    expect(happen(stoppedBy(USED_UP), words)).toMatchObject({
      kind: 'ignore',
      why: expect.stringContaining('/baton budget +5'),
    });
    expect(happen(stoppedBy({ ...USED_UP, scope: 'day' }), more)).toMatchObject({
      kind: 'ignore',
      why: expect.stringContaining('whoever operates Baton'),
    });
  });

  it.each<[Permission | undefined, Decision['kind']]>([
    [undefined, 'ignore'],
    ['write', 'ignore'],
    ['maintain', 'repeat'],
    ['admin', 'repeat'],
  ])('takes an option that raises from %s: %s', (permission, kind) => {
    const decision = choose(stoppedBy(USED_UP), 1, permission);
    expect(decision.kind).toBe(kind);
    expect('raises' in decision.run && decision.run.raises !== undefined).toBe(kind === 'repeat');
  });

  it('lets anybody who may answer try again, or end it', () => {
    expect(choose(stoppedBy(NO_QUOTA), 1).kind).toBe('repeat');
    expect(choose(stoppedBy(NO_QUOTA), 2)).toMatchObject({ kind: 'finish', run: { state: 'cancelled' } });
  });
});

describe('src/domain/resume-stopped', () => {
  it('goes on at its time and not before, told what it was told before', () => {
    const sentBack = runAfter([
      triaged,
      { kind: 'broke', summary: 'no report', remedy: '', retriable: true },
    ]);
    const { run } = happen(sentBack, toStoppedOutcome(NO_QUOTA));
    expect(advance(run, { kind: 'due', at: minute(29) }).kind).toBe('ignore');
    const decision = advance(run, { kind: 'due', at: minute(30) });
    expect(decision.kind).toBe('repeat');
    expect(decision.run).toMatchObject({ state: 'running', step: 'architecture', attempt: 3 });
    const told = sentBack.state === 'running' ? sentBack.feedback : undefined;
    expect(told).toBeDefined();
    expect(decision.run.state === 'running' ? decision.run.feedback : undefined).toEqual(told);
    expect('history' in decision.run ? decision.run.history.at(-1)?.lapsed : undefined).toBe(true);
  });

  it('changes nothing of a run that waits for a person', () => {
    expect(advance(stoppedBy(USED_UP), { kind: 'due', at: minute(59) }).kind).toBe('ignore');
    expect(advance(runAfter([triaged]), { kind: 'due', at: minute(59) }).kind).toBe('ignore');
  });

  it('asks a person when it has waited again and again', () => {
    let run: Run = runAfter([triaged]);
    let waits = 0;
    while (run.state === 'running' && waits < 100) {
      run = happen(run, toStoppedOutcome(NO_QUOTA), minute(20)).run;
      const { kind, run: next } = advance(run, { kind: 'due', at: minute(30) });
      run = kind === 'repeat' ? next : run;
      waits += kind === 'repeat' ? 1 : 0;
    }
    expect(waits).toBe(30);
    expect(run).toMatchObject({ state: 'held', hold: { trigger: 'quota' } });
  });
});

describe('src/domain/join-usage', () => {
  const usage = { inputTokens: 10, outputTokens: 1, costUsd: 0.5, ms: 900 };

  it('adds up, but time, which passes at once; what one does not know nobody does', () => {
    expect(joinUsage([usage, undefined, { ...usage, costUsd: null, ms: 1200, warnings: ['x'] }])).toEqual({
      inputTokens: 20,
      outputTokens: 2,
      costUsd: null,
      ms: 1200,
      warnings: ['x'],
    });
    expect(joinUsage([undefined])).toBeNull();
  });
});
