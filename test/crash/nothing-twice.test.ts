import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestFault } from '../../src/simulator/simulator.ts';
import { type Disturbance, type Played, play } from './support/play.ts';
import { report } from './support/report.ts';
import { toProgress } from './support/written.ts';

/** Time for one run that is killed again and again, on a busy machine. */
const LONG_MS = 500_000;
const SINGLE_KILLS = 3;

/** The first write of each kind. */
const WRITES: readonly Pick<RequestFault, 'method' | 'path'>[] = [
  { method: 'POST', path: /\/issues\/\d+\/reactions$/ },
  { method: 'POST', path: /\/issues\/\d+\/comments$/ },
  { method: 'PATCH', path: /\/issues\/comments\/\d+$/ },
  { method: 'POST', path: /\/issues\/\d+\/labels$/ },
  { method: 'DELETE', path: /\/issues\/\d+\/labels\/./ },
  { method: 'POST', path: /\/git-receive-pack$/ },
  { method: 'POST', path: /\/check-runs$/ },
  { method: 'POST', path: /\/pulls$/ },
];

let undisturbed: Played;

beforeAll(async () => {
  undisturbed = await play();
}, 120_000);

describe('crash/nothing-twice', () => {
  it('writes each thing once when nothing goes wrong', () => {
    const { state, kills, transitions, writes } = undisturbed;
    report(`undisturbed run: ${transitions.length} persisted transitions, ${writes.length} accepted writes`);
    expect({ state, kills }).toEqual({ state: 'succeeded', kills: 0 });
    expect(new Set(writes).size).toBe(writes.length);
    expect(writes.length).toBeGreaterThan(30);
  });

  it(
    'kill -9 after every persisted transition, and after every accepted write before its answer',
    async () => {
      const disturbances: readonly (readonly [after: string, Disturbance])[] = [
        ['every transition of the engine', { killAfterTransition: (name) => name.startsWith('dbos.') }],
        ['every transition of the store', { killAfterTransition: (name) => name.startsWith('baton.') }],
        ['every accepted write', { killAfterWrites: true }],
      ];
      // All at once, because they mostly wait; and to their ends, so that none leaves processes behind.
      const outcomes = await Promise.allSettled(disturbances.map(async ([, one]) => play(one, LONG_MS)));
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'rejected') {
          throw outcome.reason;
        }
        report(`killed after ${disturbances[index]?.[0]}: ${outcome.value.kills} kills in one run`);
        expectTheSame(outcome.value);
        // Several at once share a kill.
        expect(outcome.value.kills).toBeGreaterThan(25);
      }
    },
    LONG_MS + 60_000,
  );

  it('one kill -9 at a moment', async () => {
    const { length } = undisturbed.transitions;
    for (let index = 0; index < SINGLE_KILLS; index += 1) {
      const moment = Math.round(((index + 0.5) * length) / SINGLE_KILLS);
      const played = await play({ killAfterTransition: (_, n) => n === moment });
      report(`killed once, after transition ${moment}: ${played.transitions[moment - 1]?.slice(0, 80)}`);
      expectTheSame(played);
      expect(played.kills).toBe(1);
    }
  }, 240_000);

  it.each(['reset', 502] as const)(
    'accepted writes whose answer is lost: %s',
    async (status) => {
      const played = await play({ faults: WRITES.map((write) => ({ ...write, status, when: 'after' })) });
      expectTheSame(played);
    },
    90_000,
  );
});

/** The same writes in any order, each once; and the progress comment said the same, one after the other. */
function expectTheSame(played: Played): void {
  expect(played.state).toBe('succeeded');
  expect(toProgress(played.writes)).toEqual(toProgress(undisturbed.writes));
  expect(played.writes.toSorted()).toEqual(undisturbed.writes.toSorted());
}
