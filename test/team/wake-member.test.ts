import { describe, expect, it } from 'vitest';
import { abandonWaking } from '../../src/team/abandon-waking.ts';
import type { TeamDesk } from '../../src/team/team-desk.ts';
import { wakeMember } from '../../src/team/wake-member.ts';
import { useStores } from '../store/test-store.ts';
import { SILENT } from '../support/examples.ts';
import type { InMemoryCodeHost } from '../support/in-memory-world.ts';
import { aMember, CLOCK, durable, setDesk } from './waking-desk.ts';

describe('src/team/wake-member', () => {
  const stores = useStores();

  it.each([
    [0, [], 'ended'],
    [1, [60_000], 'ended'],
    [2, [60_000, 120_000], 'ended'],
    [3, [60_000, 120_000, 240_000], 'ended'],
    [4, [60_000, 120_000, 240_000], 'given-up'],
  ])('after %i crashes in a row', async (crashes, sleeps, state) => {
    const { desk, waking, stateOf, codeHost } = await setDesk(stores, crashes);
    const execution = durable();
    await wakeMember(waking, execution, desk);
    expect(execution.sleeps).toEqual(sleeps);
    expect(await stateOf()).toMatchObject({ state, crashes, on: 'here' });
    const history = (await desk.records.restarts(100)).filter(({ work }) => work === waking.id);
    expect(history.map(({ why }) => why).toReversed()).toEqual(
      Array.from({ length: crashes }, (_, index) => `crash ${index + 1}`),
    );
    const bodies = codeHost.shown.map(({ surface }) => (surface.kind === 'comment' ? surface.body : ''));
    expect(bodies.filter((body) => body.includes('given-up'))).toHaveLength(state === 'given-up' ? 1 : 0);
  });

  it('still knows while it rests after a crash what the wakings before it have met', async () => {
    const { desk, waking, stateOf } = await setDesk(stores, 1);
    const resting: unknown[] = [];
    const execution = { ...durable(), sleep: async () => void resting.push(await stateOf()) };
    await wakeMember({ ...waking, outages: 6, awaySinceMs: 1 }, execution, desk);
    expect(resting).toMatchObject([{ pressures: [{ kind: 'outage', times: 6, sinceMs: 1 }] }]);
  });

  it('goes on where a killed process had come to, and counts no crash twice', async () => {
    const { desk, waking, stateOf } = await setDesk(stores, 2);
    const first = durable();
    await wakeMember(waking, first, desk);
    // Everything up to the second crash was remembered; the rest is done again elsewhere.
    const again = durable(first.journal.slice(0, 5));
    await wakeMember(waking, again, { ...desk, process: 'elsewhere' });
    expect(await stateOf()).toMatchObject({ state: 'ended', crashes: 2, on: 'elsewhere' });
    expect((await desk.records.restarts(100)).filter(({ work }) => work === waking.id)).toHaveLength(2);
  });

  it.each([
    [{}, 10],
    [{ minutes: 3 }, 3],
  ])('one with %j that takes longer than %i minutes is begun anew', async (own, minutes) => {
    const { desk, waking, stateOf } = await setDesk(stores, 0, own);
    const limits: number[] = [];
    const looked = Promise.withResolvers<void>();
    let looks = 0;
    const hanging: TeamDesk = {
      ...desk,
      sight: {
        ...desk.sight,
        async issues() {
          looks += 1;
          looked.resolve();
          return looks === 1 ? new Promise(() => undefined) : [];
        },
      },
      // The first is over when its look hangs, or the next one would come before it.
      async wait(ms) {
        limits.push(ms);
        return limits.length === 1 ? looked.promise : new Promise(() => undefined);
      },
    };
    await wakeMember(waking, durable(), hanging);
    expect(limits).toEqual([minutes * 60_000, minutes * 60_000]);
    expect(await stateOf()).toMatchObject({ state: 'ended', crashes: 1 });
    const [restart] = (await desk.records.restarts(100)).filter(({ work }) => work === waking.id);
    expect(restart?.why).toBe(`it took longer than its time limit of ${minutes} minutes`);
  });

  it('ends when the database and GitHub answer again: what is not kept would let the member never wake again', async () => {
    const { desk, waking, stateOf, codeHost } = await setDesk(stores, 4);
    /** The same, but every other time it fails. */
    function shaken<Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>) {
      let faults = 0;
      return async (...args: Args): Promise<Result> => {
        faults += 1;
        if (faults % 2 === 1) {
          throw new Error('the connection was reset');
        }
        return await work(...args);
      };
    }
    const { records } = desk;
    const recorded: string[] = [];
    const shakenDesk: TeamDesk = {
      ...desk,
      traces: { ...desk.traces, record: ({ happened }) => void recorded.push(happened.type) },
      records: {
        ...records,
        begin: shaken((...args: Parameters<typeof records.begin>) => records.begin(...args)),
        note: shaken((...args: Parameters<typeof records.note>) => records.note(...args)),
      },
      codeHost: {
        ...codeHost,
        ensure: shaken((...args: Parameters<typeof codeHost.ensure>) => codeHost.ensure(...args)),
      },
    };
    const execution = durable();
    await wakeMember(waking, execution, shakenDesk);
    expect(await stateOf()).toMatchObject({ state: 'given-up', crashes: 4 });
    expect((await records.restarts(100)).filter(({ work }) => work === waking.id)).toHaveLength(4);
    expect(codeHost.shown).toHaveLength(1);
    expect(execution.sleeps.join(' ')).toBe('1000 1000 60000 1000 120000 1000 240000 1000 1000');
    // Were it ended again with each try, a start by the operator in between would not count.
    expect(recorded.filter((type) => type === 'task_completed')).toHaveLength(1);
  });

  it('an outage of GitHub is no crash: the waking ends, gives back what it took, and is not forgotten', async () => {
    const { desk, waking, stateOf, codeHost } = await setDesk(stores, 0);
    const { repositoryId, id } = waking;
    const letter = { key: `k ${id}`, repositoryId, sender: 'assistant', recipient: 'architect' } as const;
    await desk.messages.send([{ ...letter, type: 'spec_created', content: { issue: 1 }, priority: 1 }]);
    const away: TeamDesk = {
      ...desk,
      sight: { ...desk.sight, issues: () => Promise.reject(new Error('GitHub is away')) },
    };
    const execution = durable();
    await wakeMember(waking, execution, away);
    expect(await stateOf()).toMatchObject({
      state: 'ended',
      crashes: 0,
      note: 'GitHub did not answer: GitHub is away',
      pressures: [{ kind: 'outage', times: 1 }],
    });
    expect(execution.sleeps).toEqual([]);
    expect(codeHost.shown).toEqual([]);
    const taking = { repositoryId, recipient: 'architect', taker: 'next', limit: 5 };
    expect(await desk.messages.take(taking)).toHaveLength(1);
  });

  it('a time limit that passes while GitHub wants to be left alone is no crash, and one that lasts is told once, as is its end', async () => {
    const { desk, waking, stateOf, codeHost } = await setDesk(stores, 0);
    const awaySinceMs = Date.parse(CLOCK.now()) - 16 * 60_000;
    const errors: string[] = [];
    const waiting: TeamDesk = {
      ...desk,
      sight: { ...desk.sight, issues: () => new Promise(() => undefined) },
      wait: async () => undefined,
      isLeftAlone: (installationId) => installationId === 1,
      log: { ...SILENT, error: (_: object, message: string) => void errors.push(message) },
    };
    let afterMs = 0;
    function toFollowing(outages: number) {
      return { ...waking, id: `${waking.id} ${outages}`, outages, awaySinceMs, afterMs };
    }
    for (const outages of [0, 4, 5, 6]) {
      // At first not even this much is answered.
      const mute = { ...codeHost, ensure: () => Promise.reject(new Error('GitHub is away')) };
      await wakeMember(
        toFollowing(outages),
        durable(),
        outages === 5 ? { ...waiting, codeHost: mute } : waiting,
      );
      const last = await stateOf();
      const times = outages + 1;
      expect(last).toMatchObject({
        state: 'ended',
        pressures: [{ kind: 'outage', times, sinceMs: awaySinceMs }],
      });
      afterMs = last?.beganMs ?? 0;
    }
    expect(errors).toHaveLength(1);
    const since = new Date(awaySinceMs).toISOString();
    expect(toldOf(codeHost)).toEqual([{ kind: 'outage', away: [{ member: 'architect', since }] }]);
    await wakeMember(toFollowing(7), durable(), desk);
    expect(toldOf(codeHost).slice(1)).toEqual([{ kind: 'outage', away: [] }]);
    const restarts = await desk.records.restarts(100);
    expect(restarts.filter(({ repositoryId }) => repositoryId === waking.repositoryId)).toEqual([]);
  });

  it('an outage of all members is one comment, kept up to date, and of one that could not be told its end is not told either', async () => {
    const { desk, waking, codeHost } = await setDesk(stores, 0);
    const names = ['architect', 'assistant', 'code-searcher'];
    const team = { ...desk, members: names.map((name) => ({ ...aMember(0), name })) };
    const awaySinceMs = Date.parse(CLOCK.now()) - 16 * 60_000;
    const since = new Date(awaySinceMs).toISOString();
    const away: TeamDesk = {
      ...team,
      sight: { ...desk.sight, issues: () => Promise.reject(new Error('GitHub is away')) },
    };
    const mute = { ...codeHost, ensure: () => Promise.reject(new Error('GitHub is away')) };
    let wakings = 0;
    async function wake(member: string, outages: number, deskOfNow: TeamDesk): Promise<void> {
      wakings += 1;
      const afterMs = Date.parse(CLOCK.now()) + wakings;
      await wakeMember(
        { ...waking, id: `${waking.id} ${member} ${wakings}`, member, outages, awaySinceMs, afterMs },
        durable(),
        deskOfNow,
      );
    }
    for (const name of names) {
      await wake(name, 5, { ...away, codeHost: mute });
    }
    for (const name of names) {
      await wake(name, 6, team);
    }
    expect(toldOf(codeHost)).toEqual([]);

    await wake('architect', 5, away);
    await wake('assistant', 5, away);
    await wake('code-searcher', 5, away);
    // One that is at work has not said yet that it is over.
    const afterMs = Date.parse(CLOCK.now()) + 1000;
    const under = { ...waking, id: `${waking.id} under way`, outages: 6, awaySinceMs, afterMs };
    await desk.records.begin(under, 'there');
    await wake('assistant', 6, team);
    // Given up for another reason, it does not wait for GitHub any more.
    const crashing = { ...aMember(4), name: 'code-searcher' };
    await wake('code-searcher', 6, { ...team, members: [...team.members.slice(0, 2), crashing] });
    await wakeMember(under, durable(), team);
    const outages = toldOf(codeHost).filter(({ kind }) => kind === 'outage');
    expect(outages.map((note) => note['away'])).toEqual(
      [names.slice(0, 1), names.slice(0, 2), names, ['architect', 'code-searcher'], ['architect'], []].map(
        (members) => members.map((member) => ({ member, since })),
      ),
    );
    const comments = codeHost.shown.filter(({ surface }) => surface.key === 'outage');
    expect(new Set(comments.map(({ owner }) => owner))).toEqual(new Set([`team:${waking.repositoryId}`]));
  });

  it('a waking that cannot go on is ended, gives back what it took, and keeps nobody asleep', async () => {
    const { desk, waking, stateOf } = await setDesk(stores, 0);
    const { repositoryId, id } = waking;
    const letter = { key: `k ${id}`, repositoryId, sender: 'assistant', recipient: 'architect' } as const;
    await desk.messages.send([{ ...letter, type: 'spec_created', content: { issue: 1 }, priority: 1 }]);
    await desk.records.begin(waking, 'one');
    const taking = { repositoryId, recipient: 'architect', taker: id, limit: 5 };
    expect(await desk.messages.take(taking)).toHaveLength(1);
    const followed = { ...waking, outages: 6, awaySinceMs: 1 };
    await abandonWaking(followed, 'its record does not fit', { durable: durable(), desk });
    expect(await stateOf()).toMatchObject({
      state: 'ended',
      note: 'It could not go on: its record does not fit',
      pressures: [{ kind: 'outage', times: 6, sinceMs: 1 }],
    });
    const next = `${id} next`;
    const following = { ...waking, id: next, afterMs: (await stateOf())?.beganMs ?? 0 };
    expect(await desk.records.begin(following, 'two')).toMatchObject({ kind: 'began' });
    expect(await desk.messages.take({ ...taking, taker: next })).toHaveLength(1);
    // This one cannot even be read.
    await abandonWaking(next, 'another version wrote it', { durable: durable(), desk });
    expect(await stateOf()).toMatchObject({ id: next, state: 'ended' });
    expect(await desk.messages.take({ ...taking, taker: 'another' })).toHaveLength(1);
  });

  it('says since when and where another one is at work, and leaves it alone', async () => {
    const { desk, waking, stateOf } = await setDesk(stores, 0);
    const lines: string[] = [];
    const log = { ...SILENT, info: (_: object, message: string) => void lines.push(message) };
    expect(await desk.records.begin(waking, 'there')).toMatchObject({ kind: 'began' });
    await wakeMember({ ...waking, id: `${waking.id} other` }, durable(), { ...desk, log });
    expect(lines).toEqual(['architect is already running since 2026-03-02T08:00:00.000Z on there']);
    expect(await stateOf()).toMatchObject({ id: waking.id, state: 'running', on: 'there' });
  });

  it('lets one of two replicas have each member, however often they compete', async () => {
    const { desk, waking } = await setDesk(stores, 0);
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
    const { desk, waking } = await setDesk(stores, 0);
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

function toldOf({ shown }: InMemoryCodeHost): readonly Readonly<Record<string, unknown>>[] {
  return shown.map(({ surface }) => (surface.kind === 'comment' ? JSON.parse(surface.body) : {}));
}
