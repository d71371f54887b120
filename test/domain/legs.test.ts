import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/advance.ts';
import { buildBrief } from '../../src/domain/build-brief.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { legIndexOf, tryOf } from '../../src/domain/legs-of.ts';
import { listDebts } from '../../src/domain/list-debts.ts';
import { listTasks } from '../../src/domain/list-tasks.ts';
import type { Role } from '../../src/domain/role.ts';
import { type RunningRun, runSchema } from '../../src/domain/run.ts';
import type { StepWorld } from '../../src/domain/step-kind.ts';
import { stepKind as approval } from '../../src/steps/approval.ts';
import {
  after,
  begin,
  CHORE,
  choose,
  defined,
  FEATURE,
  inSecondTask,
  PROJECT,
  pass,
  running,
  toChoice,
} from '../support/leg-runs.ts';
import { MAINTAINER, sha } from '../support/orders.ts';
import { minute } from '../support/run-after.ts';

function stepsOf(run: RunningRun): readonly string[] {
  return run.definition.workflow.steps.map(({ id }) => id);
}

function briefOf(run: RunningRun): string {
  const role: Role = { name: 'r', description: 'd', model: 'inherit', tools: [], brief: 'b' };
  const input = {
    role,
    report: 'work',
    access: 'read',
    timeoutMs: 1,
    diff: '',
    turns: 60,
    token: 't0',
  } as const;
  return buildBrief(run, input).prompt;
}

describe('domain/legs-of', () => {
  it('puts the chosen workflow after the step that chose, without its pull request', () => {
    const run = choose(pass(begin()), FEATURE, 'the first');
    expect(run.step).toBe('build');
    expect(stepsOf(run)).toEqual(['set-up', 'choose', 'build', 'look', 'tell', 'checkpoint', 'end']);
    expect(run.legs).toMatchObject([
      { by: 'choose', workflow: 'feature', task: 'the first', head: sha('a') },
    ]);
    expect(run.definition.workflow.name).toBe('project');
    expect(runSchema.parse(run)).toEqual(run);
  });

  it('replaces the workflow of the task before, and keeps what it did on the record', () => {
    const run = inSecondTask(CHORE);
    expect(stepsOf(run)).toEqual(['set-up', 'choose', 'tidy', 'checkpoint', 'end']);
    expect(run.history.filter(({ leg }) => leg === 0).map(({ step }) => step)).toEqual([
      'build',
      'look',
      'build',
      'look',
      'tell',
    ]);
    expect(listTasks(run)).toMatchObject([
      { task: 'the first', workflow: 'feature', state: 'done' },
      { task: 'the second', workflow: 'chore', state: 'under-way' },
    ]);
  });

  it('numbers attempts through the run, and tries within a task', () => {
    const run = inSecondTask();
    expect(run).toMatchObject({ step: 'build', attempt: 3 });
    expect(tryOf(run, { ...run, leg: legIndexOf(run, 'build') })).toBe(1);
    const [, , first, , second] = run.history;
    expect([first, second].map((record) => record && tryOf(run, record))).toEqual([1, 2]);
  });

  it('forgets what an earlier task reported, and counts its rejections for nothing', () => {
    const run = inSecondTask();
    expect(run.facts).toEqual({ left: true });
    const rejected = running(after(pass(run), { kind: 'rejected', summary: 'No.', findings: [] }));
    expect(rejected).toMatchObject({ step: 'build', rejections: { look: 1 } });
    const looked = pass(pass(rejected));
    expect(looked.step, 'the condition was met in the first task only').toBe('checkpoint');
  });

  it('lets no approval rest on what an earlier task has made', async () => {
    const step = { id: 'ask', kind: 'approval', maxRejections: 3, with: {} };
    const options = approval.options.parse({ show: 'build', question: 'Shall it be?' });
    const world = {} as StepWorld;
    const run = inSecondTask();
    expect(await approval.perform({ run, step, options, world })).toMatchObject({ kind: 'broke' });
    expect(await approval.perform({ run: pass(run), step, options, world })).toMatchObject({ kind: 'held' });
  });

  it('still files what an earlier task has put off', () => {
    const { toFile } = listDebts(inSecondTask(CHORE), { maxPerRun: 5, digest: (text) => text });
    expect(toFile).toMatchObject([{ title: 'Mend the clock', step: 'build' }]);
  });

  it('does not let a result of an earlier task pose as one of this', () => {
    const prompt = briefOf(inSecondTask());
    expect(prompt).toContain('# build, attempt 1');
    expect(prompt).toContain('what="the task">\nthe second\n');
    expect(prompt).toContain('- the first (feature): done\n- the second (feature): under way');
    expect(prompt).toContain('what="result of checkpoint"');
    expect(prompt).not.toContain('build is done');
    expect(prompt).not.toContain('large');
  });

  it('says which results are of an earlier round when nothing is chosen anew', () => {
    const loop = defined('loop', [
      { id: 'plan' },
      { id: 'build' },
      { id: 'check', again: { from: 'build', when: { fact: 'left', is: true }, atMost: 3 } },
    ]);
    const prompt = briefOf(pass(pass(pass(begin(loop))), { left: true }));
    expect(prompt).toContain('what="result of plan"');
    expect(prompt).toContain('what="result of build, in an earlier round"');
    expect(prompt).toContain('what="result of check"');
  });

  it('asks again, and then a person, when the chosen workflow cannot be done', () => {
    let run = pass(begin());
    for (const attempt of [1, 2]) {
      const decision = after(run, toChoice(FEATURE));
      expect(decision).toMatchObject({ kind: 'repeat', run: { step: 'choose', attempt: attempt + 1 } });
      run = running(decision);
    }
    expect(after(run, toChoice(FEATURE))).toMatchObject({
      kind: 'hold',
      run: { step: 'choose', hold: { trigger: 'broken', shown: expect.stringContaining('feature') } },
    });
  });

  it('takes with a replaced workflow what was chosen in it', () => {
    const triage = defined('triage', [{ id: 'choice', kind: 'choose-workflow' }]);
    const inProject = choose(pass(choose(begin(triage), PROJECT)), FEATURE, 'the first');
    expect(inProject.definition.workflow.name).toBe('project');
    const held = after(inProject, { kind: 'broke', summary: 'no', remedy: 'none', retriable: false }).run;
    const retried = advance(held, {
      kind: 'steered',
      at: minute(30),
      by: MAINTAINER,
      steer: { kind: 'retry', givenAt: minute(30), guidance: 'choice' },
    });
    const run = choose(running(retried), CHORE);
    expect(stepsOf(run)).toEqual(['choice', 'tidy']);
    expect(run.legs.map(({ workflow, replaced }) => [workflow, replaced ?? false])).toEqual([
      ['project', true],
      ['feature', true],
      ['chore', false],
    ]);
  });

  it('goes back to a checkpoint with the rounds that are left, and to no step of an earlier task', () => {
    const run = pass(inSecondTask());
    function rollBackTo(step: string): Decision {
      const steer = { kind: 'rollback', step, guidance: '' } as const;
      return advance(run, { kind: 'steered', at: minute(40), by: MAINTAINER, steer, restored: 'restored' });
    }
    expect(rollBackTo('checkpoint')).toMatchObject({ kind: 'return', run: { step: 'choose', attempt: 3 } });
    expect(rollBackTo('tell')).toMatchObject({
      kind: 'ignore',
      why: expect.stringContaining('Done so far: set-up, choose, checkpoint, build.'),
    });
  });
});
