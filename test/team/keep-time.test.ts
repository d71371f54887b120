import { describe, expect, it } from 'vitest';
import type { Pressure } from '../../src/domain/team/pressure.ts';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import type { Waking } from '../../src/domain/team/waking.ts';
import type { Messages } from '../../src/ports/messages.ts';
import type { Store } from '../../src/store/create-store.ts';
import { wakeDue } from '../../src/team/keep-time.ts';
import { member } from '../../src/team/members/code-developer.ts';
import type { TeamDesk } from '../../src/team/team-desk.ts';
import { query } from '../store/query.ts';
import { useStores } from '../store/test-store.ts';
import { createStandingClock } from '../support/standing-clock.ts';

const MINUTE_MS = 60_000;
const PLACES: Pressure = { kind: 'places', most: 1 };
const QUEUE: Pressure = { kind: 'queue' };

let repositories = 0;

/** A server, as far as it keeps the members' time. */
interface Replica extends Pick<TeamDesk, 'records'> {
  readonly messages: Messages;
  /** Whoever is due now. */
  readonly look: () => Promise<readonly Waking[]>;
}

describe('src/team/keep-time', () => {
  const stores = useStores();

  async function setScene() {
    repositories += 1;
    const clock = createStandingClock();
    const repository = { id: repositories, owner: 'acme', name: `r${repositories}`, installationId: 1 };
    function toReplica(store: Store): Replica {
      const records = store.teamRecords(clock);
      const messages = store.messages({ clock, maxQueueSize: 2 });
      const desk = { members: [member], records, messages, clock };
      async function look() {
        const all = await wakeDue(desk, { start: async () => undefined });
        return all.filter(({ repositoryId }) => repositoryId === repository.id);
      }
      return { records, messages, look };
    }
    const [one, two] = await Promise.all([stores.open(), stores.open()]);
    const replicas = { one: toReplica(one), two: toReplica(two) };
    // Once a day, so that no tick comes in between.
    const settings = teamSettingsSchema.parse({
      enabled: true,
      members: { code_developer: { every: '1d' } },
    });
    await replicas.one.records.saveRepository(repository, settings, 'now');
    const [first] = await replicas.one.look();
    if (first === undefined) {
      throw new Error('nobody was launched');
    }

    /** Begins and ends a waking. */
    async function work(waking: Waking, pressures: readonly Pressure[] = []) {
      expect(await replicas.one.records.begin(waking, 'one')).toMatchObject({ kind: 'began' });
      await replicas.one.records.note(waking.id, { state: 'ended', crashes: 0, note: '', pressures });
    }
    return {
      ...replicas,
      clock,
      first,
      repositoryId: repository.id,
      work,
      restart: async () => toReplica(await stores.open()),
    };
  }

  /** Fills a queue that takes two; returns what ends all messages. */
  async function fill({ messages }: Replica, repositoryId: number) {
    const letter = { repositoryId, sender: 'assistant', recipient: 'architect', type: 'question' };
    const sent = await messages.send(['a', 'b', 'c'].map((key) => ({ ...letter, key })));
    expect(sent).toEqual(['sent', 'sent', 'full']);
    return () => messages.take({ repositoryId, recipient: 'architect', taker: 'test', limit: 1 });
  }

  /** A run of the developer, in this state. */
  async function saveRun(id: string, repositoryId: number, state: 'running' | 'held' | 'succeeded') {
    const order = JSON.stringify({ member: 'code-developer' });
    await query(
      stores.url(),
      `insert into baton.runs (id, subject_key, repository_id, state, ended, "order", progress)
       values ('${id}', '${repositoryId}#1', ${repositoryId}, '${state}', ${state === 'succeeded'},
         '${order}', '${state === 'held' ? '{"pullRequest":{"number":7}}' : '{"pullRequest":null}'}')
       on conflict (id) do update set state = excluded.state, ended = excluded.ended, progress = excluded.progress`,
    );
  }

  it('wakes a member once when the queue has room again, whoever looks, and also after a restart', async () => {
    const { one, two, clock, first, repositoryId, work, restart } = await setScene();
    const makeRoom = await fill(one, repositoryId);
    await work(first, [QUEUE]);
    clock.move(MINUTE_MS);
    expect(await one.look()).toEqual([]);
    await makeRoom();
    const [here, there] = [await one.look(), await two.look()];
    expect(here).toMatchObject([{ reason: 'relief' }]);
    expect(there).toEqual(here);
    const afterwards = await restart();
    const [relief] = await afterwards.look();
    expect([relief]).toEqual(here);
    if (relief !== undefined) {
      await work(relief);
    }
    clock.move(10 * MINUTE_MS);
    expect(await one.look()).toEqual([]);
    expect(await two.look()).toEqual([]);
  });

  it('remembers how many outages in a row a member has met, and wakes it ever later', async () => {
    const { one, clock, first, work } = await setScene();
    await work(first, [{ kind: 'outage', times: 3 }]);
    clock.move(MINUTE_MS);
    expect(await one.look()).toEqual([]);
    clock.move(2 * MINUTE_MS);
    expect(await one.look()).toMatchObject([{ reason: 'relief', outages: 3 }]);
  });

  it('comes back to a GitHub that was away not before its time, though a tick is due', async () => {
    const { one, clock, first, work } = await setScene();
    clock.move(24 * 60 * MINUTE_MS - MINUTE_MS);
    const sinceMs = Date.parse(clock.now());
    await work(first, [{ kind: 'outage', times: 6, sinceMs }]);
    clock.move(2 * MINUTE_MS);
    expect(await one.look()).toEqual([]);
    clock.move(15 * MINUTE_MS);
    const [due] = await one.look();
    expect(due).toMatchObject({ outages: 6, awaySinceMs: sinceMs });
    expect(due?.reason).toMatch(/^tick-/);
  });

  it('lets a member that was awake a moment ago rest, however soon there is room', async () => {
    const { one, clock, first, work } = await setScene();
    await work(first, [QUEUE]);
    expect(await one.look()).toEqual([]);
    clock.move(10_000);
    expect(await one.look()).toEqual([]);
    clock.move(MINUTE_MS);
    expect(await one.look()).toHaveLength(1);
  });

  it('wakes a member when one of its runs has ended, or waits for people with what it proposes', async () => {
    const { one, two, clock, first, repositoryId, work } = await setScene();
    await saveRun('run-a', repositoryId, 'running');
    await work(first, [PLACES]);
    clock.move(MINUTE_MS);
    expect(await one.look()).toEqual([]);
    await saveRun('run-a', repositoryId, 'held');
    const [relief] = await two.look();
    expect(relief).toMatchObject({ reason: 'relief' });
    if (relief !== undefined) {
      await saveRun('run-b', repositoryId, 'running');
      await work(relief, [PLACES]);
    }
    clock.move(MINUTE_MS);
    expect(await one.look()).toEqual([]);
    await saveRun('run-b', repositoryId, 'succeeded');
    const [next] = await one.look();
    expect(next).toMatchObject({ reason: 'relief' });
    expect(next?.id).not.toBe(relief?.id);
  });

  it('a server that has looked before another one worked wakes nobody a second time', async () => {
    const { one, two, clock, first, work, repositoryId } = await setScene();
    await work(first, [QUEUE]);
    clock.move(MINUTE_MS);
    const [relief] = await one.look();
    const letter = { repositoryId, sender: 'architect', recipient: 'code-developer', type: 'spec_created' };
    await two.messages.send([{ ...letter, key: 'spec' }]);
    if (relief === undefined) {
      throw new Error('nobody was woken');
    }
    await work(relief);
    // For another reason, but after the same waking.
    const late = { ...relief, id: `${relief.id} late`, reason: 'message-1' };
    expect(await two.records.begin(late, 'two')).toEqual({ kind: 'late' });
    // What it would have woken for is not lost.
    const [next] = await two.look();
    expect(next?.reason).toMatch(/^message-/);
  });

  it('a message that a waking had to put back wakes the member again', async () => {
    const { one, first, work, repositoryId, clock } = await setScene();
    await work(first);
    const letter = { repositoryId, sender: 'architect', recipient: 'code-developer', type: 'spec_created' };
    await one.messages.send([{ ...letter, key: 'spec' }]);
    const [waking] = await one.look();
    if (waking === undefined) {
      throw new Error('nobody was woken');
    }
    clock.move(1);
    // As one that could not go on: it ends, and has done nothing.
    await work(waking);
    const [again] = await one.look();
    expect(again?.reason).toBe(waking.reason);
    expect(again?.id).not.toBe(waking.id);
  });
});
