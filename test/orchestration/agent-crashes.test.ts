import { describe, expect, it } from 'vitest';
import { toAgentCrash } from '../../src/composition/to-agent-crash.ts';
import { crashOf } from '../../src/domain/agent-crashes.ts';
import type { Outcome, OutcomeInput } from '../../src/domain/outcome.ts';
import { outcomeSchema } from '../../src/domain/outcome.ts';
import type { HeldRun, RunningRun } from '../../src/domain/run.ts';
import { toStoppedOutcome } from '../../src/domain/to-stopped-outcome.ts';
import { executeRun, type RunLoop } from '../../src/orchestration/execute-run.ts';
import { type CrashDesk, noteCrash } from '../../src/orchestration/note-crash.ts';
import { RefusedError } from '../../src/ports/effects.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryDurable, type InMemoryDurable } from '../support/in-memory-durable.ts';
import { anOrder, MAINTAINER } from '../support/orders.ts';
import { setStage, whole } from './run-stage.ts';

const START_MS = Date.parse('2026-03-02T10:00:00.000Z');
const BROKE: OutcomeInput = { kind: 'broke', summary: 'no form', remedy: 'Retry.', retriable: true };

/** A run whose architect does this, try by try, before the design passes. Time passes only while the run waits. */
function setRun(tries: readonly ('crash' | 'bad answer')[]) {
  const stage = setStage([...whole]);
  const left = [...tries];
  const waits: number[] = [];
  const holds: string[] = [];
  const held: HeldRun[] = [];
  let nowMs = START_MS;
  const clock = { now: () => new Date(nowMs).toISOString() };
  const settings = { team: { restarts: { maxRestarts: 3, backOffMs: 60_000 } } };
  async function perform(run: RunningRun): Promise<Outcome | 'aborted'> {
    const next = run.step === 'architecture' ? left.shift() : undefined;
    if (next === undefined) {
      return await stage.loop.perform(run, new AbortController().signal);
    }
    const crash = { message: 'killed: sk-1', role: 'architect' };
    const parts = { settings, clock, mask: (text: string) => text.replace('sk-1', '***') };
    return outcomeSchema.parse(
      next === 'crash' ? toStoppedOutcome(toAgentCrash(run, crash, parts as never)) : BROKE,
    );
  }
  function toDurable(journal: unknown[] = []): InMemoryDurable {
    const durable = createInMemoryDurable((input) => perform(input as RunningRun), journal);
    return {
      ...durable,
      async receive(waitMs) {
        if (waitMs !== null && waitMs > 0) {
          waits.push(waitMs);
          nowMs += waitMs;
        }
        return await durable.receive(waitMs);
      },
    };
  }
  async function execute(journal?: unknown[]): Promise<InMemoryDurable> {
    const durable = toDurable(journal);
    const loop: RunLoop = {
      ...stage.loop,
      clock,
      perform,
      async report(decision) {
        if (decision.run.state === 'held') {
          const { hold, history } = decision.run;
          held.push(decision.run);
          const last = history.at(-1);
          const crash = last === undefined ? null : crashOf(last.outcome);
          holds.push(
            crash === null ? hold.kind : `${crash.crashes} ${crash.until ?? 'for good'} ${crash.message}`,
          );
          if (hold.kind !== 'escalation' || hold.until === undefined) {
            const steer = { kind: 'cancel', reason: 'enough' } as const;
            durable.send({ by: MAINTAINER, steer, intentKey: 'comment/9/0' });
          }
        }
        return 'shown';
      },
    };
    await executeRun(anOrder(), durable, loop);
    return durable;
  }
  return { execute, waits, holds, held, performed: stage.performed };
}

describe('an agent of a run that crashes', () => {
  it.each([
    [1, [60_000]],
    [2, [60_000, 120_000]],
    [3, [60_000, 120_000, 240_000]],
  ])('%i times starts again after %j milliseconds', async (times, waited) => {
    const { execute, waits, holds, performed } = setRun(Array.from({ length: times }, () => 'crash'));
    await execute();
    expect(waits).toEqual(waited);
    expect(holds.slice(0, 1)).toEqual(['1 2026-03-02T10:01:00.000Z killed: ***']);
    expect(performed).toContain(`architecture ${times + 1}`);
    // The design is held for its approval: the crashes are forgotten.
    expect(holds.at(-1)).toBe('approval');
  });

  it('a fourth time waits for a person', async () => {
    const { execute, waits, holds, performed } = setRun(['crash', 'crash', 'crash', 'crash']);
    await execute();
    expect(waits).toEqual([60_000, 120_000, 240_000]);
    expect(holds.at(-1)).toBe('4 for good killed: ***');
    expect(performed).toEqual(['triage 1']);
  });

  it('is told at the run when the issue of notify takes no comment', async () => {
    const { execute, held } = setRun(['crash', 'crash', 'crash', 'crash']);
    await execute();
    const [run] = held.slice(-1);
    if (run === undefined) {
      throw new Error('nothing was held');
    }
    const team = { ...run.settings.team, enabled: true, notify: 999 };
    const told: number[] = [];
    const desk: CrashDesk = {
      records: { addRestart: async () => undefined },
      codeHost: {
        async ensure({ number }) {
          if (number === 999) {
            throw new RefusedError('Not Found');
          }
          told.push(number);
          return { number: 1, url: '' };
        },
      },
      log: SILENT,
      describe: () => ({ kind: 'comment', key: 'crash', body: 'It crashed.' }),
    };
    const durable = createInMemoryDurable(() => Promise.reject(new Error('nobody is called')));
    const decision = { kind: 'hold', run: { ...run, settings: { ...run.settings, team } } } as const;
    await noteCrash(decision, { durable, desk });
    expect(told).toEqual([run.order.subject.number]);
    expect(durable.sleeps).toEqual([]);
  });

  it('goes on waiting where a killed process had come to, and counts no crash twice', async () => {
    const { execute, waits } = setRun(['crash', 'crash']);
    const { journal } = await execute();
    const again = setRun([]);
    // Everything up to the middle of the second wait was remembered; the rest is done again elsewhere.
    const upTo = journal.findLastIndex((entry) => JSON.stringify(entry)?.includes('"crashes":2'));
    const resumed = await again.execute(journal.slice(0, upTo + 1));
    expect(waits).toEqual([60_000, 120_000]);
    expect(JSON.stringify(resumed.journal).match(/"crashes":2/g)?.length).toBe(1);
    expect(again.holds.at(-1)).toBe('approval');
  });

  it('bad answers have their own rules, and do not begin the count anew', async () => {
    const { execute, waits, holds } = setRun([
      'crash',
      'bad answer',
      'crash',
      'bad answer',
      'crash',
      'crash',
    ]);
    await execute();
    expect(waits).toEqual([60_000, 120_000, 240_000]);
    expect(holds.at(-1)).toMatch(/^4 for good/);
  });
});
