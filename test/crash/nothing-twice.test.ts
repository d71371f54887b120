import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestFault } from '../../src/simulator/simulator.ts';
import { type Disturbance, type Played, play } from './support/play.ts';
import { report } from './support/report.ts';
import { toShortSeed } from './support/short-story.ts';
import { toTransitionKind, toWriteKind } from './support/to-kind.ts';
import { toDoubled, toProgress } from './support/written.ts';

/** Time for one run that is killed again and again, on a busy machine. */
const LONG_MS = 1_800_000;
/** Time for one that is killed hardly ever. */
const SHORT_MS = 300_000;

/** Each transition is in one part; each part is a run of its own, because a run with all the kills takes long. */
const PARTS: Readonly<Record<string, string>> = {
  'each step of a workflow': `name like 'dbos.operation_outputs %'`,
  'each effect': `name like 'baton.effects %'`,
};
const REST = Object.values(PARTS)
  .map((part) => `not (${part})`)
  .join(' and ');

/** Tables that tell nothing of a run by themselves, and why. */
const NO_TRANSITIONS: Readonly<Record<string, string>> = {
  'baton.agent_health': 'how a process is just now, written over and over',
  'baton.content_turns':
    'when GitHub may be sent more; a turn that is taken twice costs time and nothing else',
  'baton.measures': 'sums of what the rows of runs say, made with them and only of what is new',
  'baton.run_measures': 'which of that is in the sums already',
  'baton.secrets': 'looked for at each start',
  'baton.trace_events': 'told as it happens, and no run reads it',
  'baton_engine.executors': 'leases of processes, renewed each second',
  'dbos.application_versions': 'settings, written at each start',
  'dbos.queues': 'settings, written at each start',
  'dbos.workflow_input': 'always in the commit that makes the workflow',
  'dbos.workflow_output': 'always in the commit that ends the workflow',
};

/**
 * Whose transitions are one commit, so no kill can fall between them: the engine notes that a step started a call, or
 * took a message, together with that call or message.
 */
const SHARED_COMMITS = [
  'dbos.notifications, dbos.operation_outputs',
  'dbos.workflow_status, dbos.operation_outputs',
];

/** As parts of the whole: early, in the middle and late. */
const MOMENTS = [0.2, 0.5, 0.8];

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
  undisturbed = await play({ seed: toShortSeed() }, SHORT_MS);
}, SHORT_MS);

describe('crash/nothing-twice', () => {
  it('writes each thing once when nothing goes wrong', () => {
    const { state, kills, transitions, writes } = undisturbed;
    report(
      `undisturbed run: ${transitions.length} persisted transitions in ${countCommits(undisturbed)} commits, ` +
        `${writes.length} accepted writes`,
    );
    expect({ state, kills }).toEqual({ state: 'succeeded', kills: 0 });
    expect(toDoubled(writes)).toEqual([]);
  });

  it(
    'is about a run in which everything happens that happens in the demo',
    async () => {
      const demo = await play({}, SHORT_MS);
      expect(demo.state).toBe('succeeded');
      const transitions = new Set(undisturbed.transitions.map(({ name }) => toTransitionKind(name)));
      expect(demo.transitions.filter(({ name }) => !transitions.has(toTransitionKind(name)))).toEqual([]);
      const writes = new Set(undisturbed.writes.map(toWriteKind));
      expect(demo.writes.filter((write) => !writes.has(toWriteKind(write)))).toEqual([]);
    },
    SHORT_MS,
  );

  it('knows every transition', () => {
    const { others, transitions } = undisturbed;
    expect(others.filter((table) => NO_TRANSITIONS[table] === undefined)).toEqual([]);
    const commits = Map.groupBy(transitions, ({ commit }) => commit);
    const shared = [...commits.values()]
      .filter(({ length }) => length > 1)
      .map((together) => together.map(({ name }) => name.split(' ')[0]).join(', '));
    expect([...new Set(shared)].toSorted()).toEqual(SHARED_COMMITS);
  });

  it(
    'kill -9 after every persisted transition and every accepted write',
    async () => {
      const disturbances: Readonly<Record<string, Disturbance>> = {
        ...Object.fromEntries(
          Object.entries(PARTS).map(([what, sql]) => [what, { killAfterTransitions: sql }]),
        ),
        'every other transition': { killAfterTransitions: REST },
        'each accepted write, before its answer': { killAfterWrites: true },
      };
      const plays = await playAll(disturbances);
      for (const [what, played] of plays) {
        report(`killed after ${what}: ${played.kills} kills in one run`);
        expectTheSame(played);
      }
      const [overWrites, ...overTransitions] = plays.map(([, played]) => played).toReversed();
      expectKilledAfterEveryTransition(overTransitions);
      expect(overWrites?.fatalWrites.toSorted()).toEqual(undisturbed.writes.toSorted());
      expect(overWrites?.kills).toBe(undisturbed.writes.length);
    },
    LONG_MS + 60_000,
  );

  it(
    'kill -9 early, in the middle and late',
    async () => {
      const moments = MOMENTS.map((part) => Math.round(part * undisturbed.transitions.length));
      const played = await play(
        { seed: toShortSeed(), killAfterTransitions: `n in (${moments.join(', ')})` },
        SHORT_MS,
      );
      const fatal = played.transitions.filter(({ killedAfter }) => killedAfter).map(({ name }) => name);
      report(`killed after transitions ${moments.join(', ')}: ${fatal.join('; ')}`);
      expectTheSame(played);
      expect(played.kills).toBe(moments.length);
    },
    SHORT_MS,
  );

  it.each(['reset', 502] as const)(
    'accepted writes whose answer is lost: %s',
    async (status) => {
      const faults = WRITES.map((write) => ({ ...write, status, when: 'after' as const }));
      const played = await play({ seed: toShortSeed(), faults }, SHORT_MS);
      expectTheSame(played);
      // A push whose connection was reset does not show in the log of requests.
      expect(played.lostAnswers).toBeGreaterThanOrEqual(WRITES.length - 1);
    },
    SHORT_MS,
  );
});

/** All at once, because they mostly wait; and to their ends, so that none leaves processes behind. */
async function playAll(
  disturbances: Readonly<Record<string, Disturbance>>,
): Promise<readonly (readonly [after: string, Played])[]> {
  const outcomes = await Promise.allSettled(
    Object.entries(disturbances).map(
      async ([what, one]) => [what, await play({ ...one, seed: toShortSeed() }, LONG_MS)] as const,
    ),
  );
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') {
      throw outcome.reason;
    }
    return outcome.value;
  });
}

/** The same writes in any order, each once; and the progress comment said the same, one after the other. */
function expectTheSame(played: Played): void {
  expect(played.state).toBe('succeeded');
  expect(toProgress(played.writes)).toEqual(toProgress(undisturbed.writes));
  expect(played.writes.toSorted()).toEqual(undisturbed.writes.toSorted());
}

/** By name. What exists only because of a restart was killed after too, and may be there. */
function expectKilledAfterEveryTransition(plays: readonly Played[]): void {
  for (const { kills, transitions } of plays) {
    const commits = transitions.flatMap(({ commit, killedAfter }) => (killedAfter ? [commit] : []));
    expect(kills).toBe(new Set(commits).size);
  }
  const known = undisturbed.transitions.map(({ name }) => name);
  const fatal = plays.flatMap(({ transitions }) => transitions.filter(({ killedAfter }) => killedAfter));
  const covered = new Set(fatal.map(({ name }) => name));
  const missing = known.filter((name) => !covered.has(name));
  const kills = plays.reduce((sum, played) => sum + played.kills, 0);
  report(
    `killed between two commits after ${known.length - missing.length} of ${known.length} transitions ` +
      `(and after ${covered.size - known.length + missing.length} that only a restart makes); ${kills} kills in all`,
  );
  expect(missing).toEqual([]);
}

function countCommits({ transitions }: Played): number {
  return new Set(transitions.map(({ commit }) => commit)).size;
}
