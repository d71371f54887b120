import { describe, expect, it } from 'vitest';
import type { Steer } from '../../src/domain/steer.ts';
import { toStoppedOutcome } from '../../src/domain/to-stopped-outcome.ts';
import { executeRun, type RunLoop, type Shown } from '../../src/orchestration/execute-run.ts';
import type { InMemoryDurable } from '../support/in-memory-durable.ts';
import { anOrder, MAINTAINER } from '../support/orders.ts';
import { asked, designed, triaged } from '../support/outcomes.ts';
import { setStage, whole } from './run-stage.ts';

const cancel: Steer = { kind: 'cancel', reason: 'obsolete' };

describe('orchestration/execute-run, a hold that ends by itself', () => {
  const DAY_MS = 24 * 60 * 60_000;
  const start = Date.parse('2026-03-02T10:00:00.000Z');
  const stopped = toStoppedOutcome({
    kind: 'quota',
    message: 'No more for now.',
    until: new Date(start + 2.5 * DAY_MS).toISOString(),
  });

  /** Time passes only while the run waits. `shown` are the answers to showing the hold. */
  function waiting(shownAnswers: readonly Shown[], answerAfter: number | null = null) {
    const stage = setStage([triaged, stopped, designed, asked, ...whole.slice(3)], { onHold: [] });
    const waits: (number | null)[] = [];
    const answers = [...shownAnswers];
    let shows = 0;
    let nowMs = start;
    const durable: InMemoryDurable = {
      ...stage.durable,
      async receive(waitMs) {
        if (waitMs !== 0) {
          waits.push(waitMs);
          nowMs += waitMs ?? 0;
          if (waits.length === answerAfter) {
            stage.durable.send({ by: MAINTAINER, steer: cancel, intentKey: 'comment/3/0' });
          }
        }
        return await stage.durable.receive(waitMs === null ? 0 : waitMs);
      },
    };
    const loop: RunLoop = {
      ...stage.loop,
      clock: { now: () => new Date(nowMs).toISOString() },
      async report(decision, message, inner) {
        const said = await stage.loop.report(decision, message, inner);
        if (decision.run.state === 'held' && decision.run.step === 'architecture') {
          shows += 1;
          return answers.shift() ?? said;
        }
        if (decision.run.state === 'held') {
          stage.durable.send({ by: MAINTAINER, steer: cancel, intentKey: 'comment/4/0' });
        }
        return said;
      },
    };
    return { ...stage, durable, loop, waits, shows: () => shows };
  }

  it('goes on when its time has come, and sets no timer for longer than a day', async () => {
    const { durable, loop, waits, performed } = waiting([]);
    await executeRun(anOrder(), durable, loop);
    expect(waits.slice(0, 3)).toEqual([DAY_MS, DAY_MS, DAY_MS / 2]);
    expect(performed.slice(0, 3)).toEqual(['triage 1', 'architecture 1', 'architecture 2']);
  });

  it('listens meanwhile', async () => {
    const { durable, loop, decisions, performed } = waiting([], 2);
    await executeRun(anOrder(), durable, loop);
    expect(performed).toEqual(['triage 1', 'architecture 1']);
    expect(decisions.at(-1)?.run.state).toBe('cancelled');
  });

  it('is shown again until it can be seen', async () => {
    const { durable, loop, waits, shows } = waiting(['unshown', 'unshown', 'shown']);
    await executeRun(anOrder(), durable, loop);
    expect(shows()).toBe(3);
    expect(waits.slice(0, 3)).toEqual([60_000, 60_000, DAY_MS]);
  });
});
