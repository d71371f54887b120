import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/advance.ts';
import { outcomeSchema } from '../../src/domain/outcome.ts';
import type { Run, RunningRun } from '../../src/domain/run.ts';
import { MAINTAINER, sha } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const at = '2026-03-02T10:00:00.000Z';

/** A plan, work, and gates that give a plan up after two rejections, for two times. */
function aRun(): RunningRun {
  const run = aRunningRun();
  const step = { kind: 'agent', maxRejections: 3, with: {} };
  const rethink = { from: 'planning', atMost: 2 };
  const steps = [
    { ...step, id: 'planning' },
    { ...step, id: 'work' },
    { ...step, id: 'gates', onReject: 'work', maxRejections: 2, rethink },
    { ...step, id: 'end' },
  ];
  const { definition } = run;
  return {
    ...run,
    definition: { ...definition, workflow: { ...definition.workflow, steps } },
    step: 'gates',
    attempt: 1,
    history: [],
  };
}

function finish(run: Run, input: Parameters<typeof outcomeSchema.parse>[0]): Run {
  if (run.state !== 'running') {
    throw new Error(`the run is ${run.state}`);
  }
  const { step, attempt } = run;
  const outcome = outcomeSchema.parse(input);
  return advance(run, { kind: 'step-finished', at, step, attempt, outcome, digest: 'a'.repeat(12) }).run;
}

/** At the gates, from wherever the work begins. */
function toGates(run: Run): Run {
  return run.state === 'running' && run.step !== 'gates'
    ? toGates(finish(run, { kind: 'passed', summary: 'done' }))
    : run;
}

function reject(run: Run, approach?: string): Run {
  const rejected = { kind: 'rejected', summary: 'red', findings: [], verdicts: [] };
  return finish(toGates(run), approach === undefined ? rejected : { ...rejected, approach });
}

/** Two rejections, the second of which gives the approach up. */
function fail(run: Run, approach: string): Run {
  return reject(reject(run), approach);
}

describe('domain/rethink', () => {
  it('begins anew after the rejections that are allowed, and counts them from nothing', () => {
    const once = reject(aRun());
    expect(once).toMatchObject({ state: 'running', step: 'work' });
    const twice = reject(once, 'one');
    expect(twice).toMatchObject({ state: 'running', step: 'planning', feedback: { summary: 'red' } });
    expect(reject(twice)).toMatchObject({ state: 'running', step: 'work' });
  });

  it('asks after three approaches that differ', () => {
    const held = fail(fail(fail(aRun(), 'one'), 'two'), 'three');
    expect(held).toMatchObject({ state: 'held', step: 'gates', hold: { trigger: 'rejections' } });
    expect(held.state === 'held' && held.hold.question).toContain('3 different approaches');
  });

  it('asks at once when an approach comes back', () => {
    const held = fail(fail(aRun(), 'one'), 'one');
    expect(held.state === 'held' && held.hold.question).toContain('nothing was thought anew');
  });

  it('asks, instead of planning anew, when no plan would mend it', () => {
    const rejected = { kind: 'rejected', summary: 'red', findings: [], verdicts: [] } as const;
    const last = { ...rejected, isNoMatterOfThePlan: true } as const;
    const held = finish(toGates(reject(aRun())), last);
    expect(held).toMatchObject({ state: 'held', step: 'gates', hold: { resumeAt: 'work' } });
    expect(held.state === 'held' && held.hold.question).toContain('what another plan would not mend');
  });

  it('counts from nothing when a person has decided', () => {
    const held = fail(fail(aRun(), 'one'), 'one');
    const steer = { kind: 'retry', givenAt: at, guidance: 'with a table' } as const;
    const going = advance(held, { kind: 'steered', at, by: MAINTAINER, steer, permission: 'write' }).run;
    expect(fail(going, 'one')).toMatchObject({ state: 'running', step: 'planning' });
  });

  it('goes on when the work passes after all', () => {
    const passed = finish(toGates(reject(aRun())), { kind: 'passed', summary: 'green' });
    expect(passed).toMatchObject({ state: 'running', step: 'end' });
  });

  it('goes on from the commit of a document about it', () => {
    const documented = finish(aRun(), {
      kind: 'rejected',
      summary: 'red',
      findings: [],
      checkpoint: sha('d'),
    });
    expect(documented).toMatchObject({ head: sha('d') });
  });
});
