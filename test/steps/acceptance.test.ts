import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/advance.ts';
import { buildBrief } from '../../src/domain/build-brief.ts';
import { criteriaOf } from '../../src/domain/criteria-of.ts';
import { outcomeSchema } from '../../src/domain/outcome.ts';
import type { Role } from '../../src/domain/role.ts';
import type { Run, RunningRun } from '../../src/domain/run.ts';
import type { StepWorld } from '../../src/domain/step-kind.ts';
import { stepKind as acceptance } from '../../src/steps/acceptance.ts';
import { MAINTAINER } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const at = '2026-03-02T10:00:00.000Z';

async function perform(run: Run): Promise<Run> {
  if (run.state !== 'running') {
    throw new Error(`the run is ${run.state}`);
  }
  const step = { id: run.step, kind: 'acceptance', maxRejections: 3, with: {} };
  const outcome = outcomeSchema.parse(
    await acceptance.perform({ run, step, options: {}, world: {} as StepWorld }),
  );
  const { attempt } = run;
  return advance(run, { kind: 'step-finished', at, step: run.step, attempt, outcome, digest: 'a'.repeat(12) })
    .run;
}

function aRunOf(body: string): RunningRun {
  const run = aRunningRun();
  return { ...run, order: { ...run.order, ticket: { ...run.order.ticket, body } } };
}

function criteriaIn(run: Run): unknown {
  return 'history' in run ? criteriaOf(run) : null;
}

describe('steps/acceptance', () => {
  it('takes the criteria of the ticket', async () => {
    const run = await perform(aRunOf('## Acceptance criteria\n- at most 100 orders'));
    expect(run.state).toBe('running');
    expect(criteriaIn(run)).toEqual([{ id: 'AC1', text: 'at most 100 orders' }]);
  });

  it('asks for them when there are none, and goes on with those of the answer', async () => {
    const held = await perform(aRunOf('A client asked for 100,000 orders at once.'));
    expect(held).toMatchObject({
      state: 'held',
      hold: { kind: 'escalation', question: 'What must hold when this is done?' },
    });
    const steer = { kind: 'retry', givenAt: at, guidance: 'at most 100; 400 for more' } as const;
    const asked = advance(held, { kind: 'steered', at, by: MAINTAINER, steer, permission: 'write' }).run;
    const run = await perform(asked);
    expect(run.state).toBe('running');
    expect(criteriaIn(run)).toEqual([
      { id: 'AC1', text: 'at most 100' },
      { id: 'AC2', text: '400 for more' },
    ]);
    const role: Role = {
      name: 'planner',
      description: 'Plans.',
      tools: [],
      model: 'inherit',
      brief: 'Plan.',
    };
    const brief =
      run.state === 'running' &&
      buildBrief(run, {
        role,
        report: 'work',
        access: 'read',
        timeoutMs: 1,
        diff: '',
        turns: 60,
        token: 't0k3n',
      }).prompt;
    expect(brief).toContain('what="acceptance criteria of ISSUE-42"');
    expect(brief).toContain('- AC2: 400 for more');
  });
});
