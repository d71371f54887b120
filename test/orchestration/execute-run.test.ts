import { describe, expect, it } from 'vitest';
import type { RunningRun } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import { stepSchema } from '../../src/domain/workflow.ts';
import { executeRun, type RunLoop, type Shown } from '../../src/orchestration/execute-run.ts';
import { NoBaseError } from '../../src/ports/workspace.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';
import { anOrder, MAINTAINER, sha } from '../support/orders.ts';
import { designed, triaged } from '../support/outcomes.ts';
import { GIVEN_AT, setStage, whole } from './run-stage.ts';

const approve: Steer = { kind: 'approve', givenAt: GIVEN_AT, head: null };
const cancel: Steer = { kind: 'cancel', reason: 'obsolete' };

describe('orchestration/execute-run', () => {
  it('goes through all steps to the end', async () => {
    const { durable, loop, decisions, performed } = setStage(whole, { onHold: [approve] });
    await executeRun(anOrder(), durable, loop);
    expect(decisions.at(-1)?.run.state).toBe('succeeded');
    expect(performed).toEqual(
      ['triage', 'architecture', 'design-approval', 'implementation', 'gates', 'review', 'pull-request'].map(
        (step) => `${step} 1`,
      ),
    );
  });

  it('decides the same again from what is remembered, and does nothing twice', async () => {
    const first = setStage(whole, { onHold: [approve] });
    await executeRun(anOrder(), first.durable, first.loop);
    const again = setStage([]);
    await executeRun(
      anOrder(),
      createInMemoryDurable(async () => null, first.durable.journal),
      again.loop,
    );
    expect(again.performed).toEqual([]);
    expect(again.decisions).toEqual(first.decisions);
  });

  it('ends before it begins when it was cancelled in the queue', async () => {
    const { durable, loop, decisions, performed } = setStage(whole);
    durable.send({ by: MAINTAINER, steer: cancel, intentKey: 'comment/1/0' });
    await executeRun(anOrder(), durable, loop);
    expect(decisions.map(({ run }) => run.state)).toEqual(['withdrawn']);
    expect(performed).toEqual([]);
  });

  it('reads why a step was aborted, and does the step again when nobody says', async () => {
    const unexplained = setStage([triaged, 'aborted', ...whole.slice(1)], { onHold: [approve] });
    await executeRun(anOrder(), unexplained.durable, unexplained.loop);
    expect(unexplained.decisions.at(-1)?.run.state).toBe('succeeded');
    expect(unexplained.performed.slice(0, 3)).toEqual(['triage 1', 'architecture 1', 'architecture 1']);

    const explained = setStage([triaged, 'aborted']);
    const { perform } = explained.loop;
    const durable = createInMemoryDurable(async (input) => {
      durable.send({ by: MAINTAINER, steer: cancel, intentKey: 'comment/1/0' });
      return await perform(input as RunningRun, new AbortController().signal);
    });
    await executeRun(anOrder(), durable, explained.loop);
    expect(explained.decisions.at(-1)?.run).toMatchObject({ state: 'cancelled', reason: 'obsolete' });
  });

  it('answers a message that came too late', async () => {
    const { durable, loop, decisions } = setStage(whole, { onHold: [approve] });
    const { report } = loop;
    const late: RunLoop = {
      ...loop,
      async report(decision, replies, inner) {
        if (decision.kind === 'finish') {
          durable.send({ by: MAINTAINER, steer: cancel, intentKey: 'comment/2/0' });
        }
        return await report(decision, replies, inner);
      },
    };
    await executeRun(anOrder(), durable, late);
    expect(decisions.at(-1)).toMatchObject({ kind: 'ignore', run: { state: 'succeeded' } });
  });

  it('joins what branches say into the record of their step', async () => {
    const { durable, loop, decisions } = setStage([triaged, designed, designed, ...whole.slice(2)], {
      onHold: [approve],
    });
    const steps = ['research', 'design'].map((id) => stepSchema.parse({ id, kind: 'agent' }));
    const limits = { role: 'architect', repository: '901' };
    const branching: RunLoop = {
      ...loop,
      readChange: async () => ({ mergeBase: sha('a'), tip: sha('9') }),
      callsOf: (run) =>
        run.step === 'architecture' ? steps.map(({ id }) => ({ run: { ...run, step: id }, limits })) : [],
      branchesOf: (run) => (run.step === 'architecture' ? steps : []),
    };
    await executeRun(anOrder(), durable, branching);
    expect(decisions.at(-1)?.run.state).toBe('succeeded');
    const joined = decisions.at(-1)?.run;
    const record = joined !== undefined && 'history' in joined ? joined.history[1] : undefined;
    expect(record).toMatchObject({
      step: 'architecture',
      outcome: { kind: 'passed', summary: `research: ${designed.summary} design: ${designed.summary}` },
    });
  });

  it('passes over what is no steering message', async () => {
    const { durable, loop, decisions } = setStage(whole, { onHold: [approve] });
    durable.send({ hello: 'world' });
    await executeRun(anOrder(), durable, loop);
    expect(decisions.at(-1)?.run.state).toBe('succeeded');
  });

  it('ends as failed, and says so, when Baton itself cannot go on', async () => {
    const { durable, loop, decisions } = setStage([triaged]);
    await executeRun(anOrder(), durable, loop);
    expect(decisions.at(-1)?.run).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('the script has no outcome left'),
    });
  });

  it('answers the person at whose word it found that it cannot go on', async () => {
    const { durable, loop, decisions } = setStage(whole, { onHold: [approve] });
    const { report } = loop;
    const answered: unknown[] = [];
    const faulty: RunLoop = {
      ...loop,
      async report(decision, replies, inner) {
        if (replies.length > 0 && decision.kind !== 'ignore') {
          throw new Error('the row is gone');
        }
        answered.push(replies.at(-1)?.message.intentKey ?? null);
        return await report(decision, replies, inner);
      },
    };
    await executeRun(anOrder(), durable, faulty);
    expect(decisions.at(-2)).toMatchObject({ kind: 'finish', run: { state: 'failed' } });
    expect(decisions.at(-1)).toMatchObject({ kind: 'ignore', run: { state: 'failed' } });
    expect(answered.at(-1)).toBe('comment/1/0');
  });

  it('shows a question again that could not be shown, and then waits', async () => {
    const { durable, loop, decisions } = setStage(whole);
    const reports: Shown[] = ['unshown', 'unshown', 'shown'];
    const away: RunLoop = {
      ...loop,
      async report(decision, replies, inner) {
        await loop.report(decision, replies, inner);
        const shown = decision.kind === 'hold' ? (reports.shift() ?? 'shown') : 'shown';
        if (decision.kind === 'hold' && shown === 'shown') {
          durable.send({ by: MAINTAINER, steer: approve, intentKey: 'comment/1/0' });
        }
        return shown;
      },
    };
    await executeRun(anOrder(), durable, away);
    expect(decisions.filter(({ kind }) => kind === 'hold')).toHaveLength(3);
    expect(decisions.at(-1)?.run.state).toBe('succeeded');
  });

  it('hands an answer that could not be shown to each report, until one can be seen, and asks for no step more', async () => {
    async function execute(reports: readonly Shown[], journal: readonly unknown[] = []) {
      const stage = setStage(journal.length === 0 ? whole : whole.slice(3), { onHold: [approve] });
      const results = [...reports];
      const replied: string[] = [];
      const loop: RunLoop = {
        ...stage.loop,
        report: (decision, replies, inner) =>
          inner.step('report', async () => {
            await stage.loop.report(decision, [], inner);
            replied.push(...replies.map((reply) => `${reply.message.steer.kind}: ${reply.decision.kind}`));
            return results.shift() ?? 'shown';
          }),
      };
      const replayed = createInMemoryDurable(async () => null, [...journal]);
      const durable = journal.length === 0 ? stage.durable : replayed;
      await executeRun(anOrder(), durable, loop);
      return { replied, journal: durable.journal };
    }
    const none = await execute([]);
    expect(none.replied).toEqual(['approve: next']);
    // The reports before it are of the beginning, two steps and the question.
    const away = await execute(['shown', 'shown', 'shown', 'shown', 'unshown', 'unshown']);
    expect(away.replied).toEqual(['approve: next', 'approve: next', 'approve: next']);
    expect(away.journal).toHaveLength(none.journal.length);
    // What is owed is known from what is remembered, whoever goes on after a crash.
    const crashed = await execute([], away.journal.slice(0, away.journal.indexOf('unshown') + 1));
    expect(crashed.replied).toEqual(['approve: next']);
    expect(crashed.journal).toHaveLength(none.journal.length);
  });

  it('takes the answer to a question of which only a part could be shown', async () => {
    const { durable, loop, decisions } = setStage(whole, { onHold: [approve] });
    const partly: RunLoop = {
      ...loop,
      async report(decision, replies, inner) {
        await loop.report(decision, replies, inner);
        return decision.kind === 'hold' ? 'unshown' : 'shown';
      },
    };
    durable.send({ by: MAINTAINER, steer: approve, intentKey: 'comment/0/0' });
    await executeRun(anOrder(), durable, partly);
    expect(decisions.filter(({ kind }) => kind === 'hold')).toHaveLength(1);
    expect(decisions.at(-1)?.run.state).toBe('succeeded');
  });

  it('tries again when the base cannot be read, and says why when it gives up', async () => {
    const gone = new Error('GitHub does not answer');
    const recovers = setStage(whole, { onHold: [approve], bases: [gone, { ref: 'main', sha: sha('a') }] });
    await executeRun(anOrder(), recovers.durable, recovers.loop);
    expect(recovers.decisions.at(-1)?.run.state).toBe('succeeded');
    expect(recovers.durable.sleeps).toEqual([2000]);

    const never = setStage(whole, { bases: [gone] });
    await executeRun(anOrder(), never.durable, never.loop);
    expect(never.decisions.at(-1)?.run).toMatchObject({
      state: 'refused',
      reason: 'GitHub does not answer',
    });
  });

  it('does not begin for somebody who lost their access while it waited its turn', async () => {
    const demoted = setStage(whole, { onHold: [approve], mayStart: false });
    await executeRun(anOrder(), demoted.durable, demoted.loop);
    expect(demoted.decisions.at(-1)?.run).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('may not start a run here any more'),
    });
    expect(demoted.performed).toEqual([]);

    const prompt = setStage(whole, { onHold: [approve], mayStart: false });
    await executeRun(anOrder({ requestedAt: '2026-03-02T09:59:00.000Z' }), prompt.durable, prompt.loop);
    expect(prompt.decisions.at(-1)?.run.state).toBe('succeeded');
  });

  it('does not try again when there is nothing to build on', async () => {
    const { durable, loop, decisions } = setStage(whole, { bases: [new NoBaseError('No commit yet.')] });
    await executeRun(anOrder(), durable, loop);
    expect(decisions.at(-1)?.run).toMatchObject({ state: 'refused', reason: 'No commit yet.' });
    expect(durable.sleeps).toEqual([]);
  });
});
