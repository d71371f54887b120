import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/domain/team/member.ts';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import type { TeamDesk } from '../../src/team/team-desk.ts';
import { wakeMember } from '../../src/team/wake-member.ts';
import { useStores } from '../store/test-store.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';
import { createInMemoryCodeHost } from '../support/in-memory-world.ts';

const CLOCK = { now: () => '2026-03-02T08:00:00.000Z' };

let repositories = 0;

/** A member that crashes so often before it does its work. */
function aMember(crashes: number): Member {
  let left = crashes;
  return {
    name: 'architect',
    summary: 'Crashes.',
    role: null,
    priority: 1,
    everySeconds: 60,
    wokenBy: [],
    decide() {
      left -= 1;
      if (left >= 0) {
        throw new Error(`crash ${crashes - left}`);
      }
      return [];
    },
  };
}

describe('src/team/wake-member', () => {
  const stores = useStores();

  async function setDesk(crashes: number) {
    repositories += 1;
    const repository = { id: repositories, owner: 'acme', name: `r${repositories}`, installationId: 1 };
    const store = await stores.open();
    const codeHost = createInMemoryCodeHost();
    const desk: TeamDesk = {
      members: [aMember(crashes)],
      records: store.teamRecords(CLOCK),
      messages: store.messages({ clock: CLOCK, maxQueueSize: 100 }),
      sight: {
        installed: async () => [],
        issues: async () => [],
        pulls: async () => [],
        changedPaths: async () => [],
        labelling: async () => null,
      },
      codeHost,
      clock: CLOCK,
      log: SILENT,
      rules: { maxRestarts: 3, backOffMs: 60_000 },
      process: 'here',
      login: 'baton[bot]',
      handle: async () => undefined,
      runIdOf: () => 'run-1',
      hasRun: async () => false,
      issueOf: () => null,
      matches: () => false,
      show: (key, note) => ({ kind: 'comment', key, body: JSON.stringify(note) }),
      board: { title: 'Board', body: '' },
    };
    const settings = teamSettingsSchema.parse({ enabled: true, notify: 7 });
    await desk.records.saveRepository(repository, settings, 'now');
    const waking = {
      id: `waking:${repository.id}:architect:tick 1`,
      repositoryId: repository.id,
      member: 'architect',
      reason: 'tick 1',
    };
    async function stateOf() {
      const all = await desk.records.wakings();
      return all.find(({ repositoryId }) => repositoryId === repository.id);
    }
    return { desk, waking, stateOf, codeHost };
  }

  function durable(journal: unknown[] = []) {
    return createInMemoryDurable(() => Promise.reject(new Error('nobody is called')), journal);
  }

  it.each([
    [0, [], 'ended'],
    [1, [60_000], 'ended'],
    [2, [60_000, 120_000], 'ended'],
    [3, [60_000, 120_000, 240_000], 'ended'],
    [4, [60_000, 120_000, 240_000], 'given-up'],
  ])('after %i crashes in a row', async (crashes, sleeps, state) => {
    const { desk, waking, stateOf, codeHost } = await setDesk(crashes);
    const execution = durable();
    await wakeMember(waking, execution, desk);
    expect(execution.sleeps).toEqual(sleeps);
    expect(await stateOf()).toMatchObject({ state, crashes, on: 'here' });
    const history = (await desk.records.restarts(100)).filter(({ wakingId }) => wakingId === waking.id);
    expect(history.map(({ why }) => why).toReversed()).toEqual(
      Array.from({ length: crashes }, (_, index) => `crash ${index + 1}`),
    );
    const bodies = codeHost.shown.map(({ surface }) => (surface.kind === 'comment' ? surface.body : ''));
    expect(bodies.filter((body) => body.includes('given-up'))).toHaveLength(state === 'given-up' ? 1 : 0);
  });

  it('goes on where a killed process had come to, and counts no crash twice', async () => {
    const { desk, waking, stateOf } = await setDesk(2);
    const first = durable();
    await wakeMember(waking, first, desk);
    // Everything up to the second crash was remembered; the rest is done again elsewhere.
    const again = durable(first.journal.slice(0, 5));
    await wakeMember(waking, again, desk);
    expect(await stateOf()).toMatchObject({ state: 'ended', crashes: 2 });
    expect((await desk.records.restarts(100)).filter(({ wakingId }) => wakingId === waking.id)).toHaveLength(
      2,
    );
  });

  it('says since when and where another one is at work, and leaves it alone', async () => {
    const { desk, waking, stateOf } = await setDesk(0);
    const lines: string[] = [];
    const log = { ...SILENT, info: (_: object, message: string) => void lines.push(message) };
    expect(await desk.records.begin(waking, 'there')).toEqual({ kind: 'began' });
    await wakeMember({ ...waking, id: `${waking.id} other` }, durable(), { ...desk, log });
    expect(lines).toEqual(['architect is already running since 2026-03-02T08:00:00.000Z on there']);
    expect(await stateOf()).toMatchObject({ id: waking.id, state: 'running', on: 'there' });
  });

  it('lets one of two replicas have each member, however often they compete', async () => {
    const { desk, waking } = await setDesk(0);
    const other = (await stores.open()).teamRecords(CLOCK);
    const begun = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? desk.records : other).begin(
          { ...waking, id: `${waking.id} ${index}` },
          `replica ${index % 2}`,
        ),
      ),
    );
    expect(begun.filter(({ kind }) => kind === 'began')).toHaveLength(1);
  });

  it('lets one member take an issue, and gives it back when the work has ended', async () => {
    const { desk, waking } = await setDesk(0);
    const claim = { repositoryId: waking.repositoryId, number: 5, runId: 'run-none' };
    const holders = await Promise.all(
      ['architect', 'code-developer'].map((member) => desk.records.claim({ ...claim, member })),
    );
    expect(holders.filter((holder) => holder === null)).toHaveLength(1);
    await desk.records.releaseEnded(waking.repositoryId);
    expect(await desk.records.claim({ ...claim, member: 'assistant' })).not.toBeNull();
    await desk.records.passOver(waking.repositoryId, 5);
    expect(await desk.records.claim({ ...claim, member: 'assistant' })).toBeNull();
  });
});
