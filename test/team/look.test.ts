import { describe, expect, it } from 'vitest';
import { startDeed } from '../../src/domain/team/start-deed.ts';
import type { TeamDesk } from '../../src/team/team-desk.ts';
import { wakeMember } from '../../src/team/wake-member.ts';
import { query } from '../store/query.ts';
import { useStores } from '../store/test-store.ts';
import { aMember, durable, setDesk } from './waking-desk.ts';

describe('src/team/look', () => {
  const stores = useStores();

  it('counts what takes a place as everybody does, also where what is stored of a run cannot be read', async () => {
    const { desk, waking, stateOf } = await setDesk(stores, 0);
    const starts = [5, 6].map((number) => ({ key: `ready:${number}`, number, workflow: null }));
    const asked: number[] = [];
    const busy: TeamDesk = {
      ...desk,
      members: [{ ...aMember(0), decide: (sight) => startDeed(sight, { starts }) }],
      handle: async ({ subject }) => void asked.push(subject.number),
      runIdOf: ({ subject }) => String(subject.number),
      hasRun: async (id) => asked.includes(Number(id)),
    };
    // Each waits for people with what it proposes, and its order is one of another version.
    await query(
      stores.url(),
      `insert into baton.runs (id, subject_key, repository_id, state, ended, "order", progress)
       select concat_ws(' ', 'proposed', ${waking.repositoryId}, issue), concat(${waking.repositoryId}, '#', issue),
         ${waking.repositoryId}, 'held', false, '{"member":"architect"}', '{"pullRequest":{"number":7}}'
       from generate_series(1, 3) as issue`,
    );
    await wakeMember(waking, durable(), busy);
    expect(asked).toEqual([5]);
    // Were they counted otherwise by whoever wakes the member, it would be woken for ever and start nothing.
    expect(await stateOf()).toMatchObject({ pressures: [{ kind: 'places', most: 1 }] });
    await query(
      stores.url(),
      `update baton.runs set state = 'running' where repository_id = ${waking.repositoryId}`,
    );
    const following = { ...waking, id: `${waking.id} next`, afterMs: (await stateOf())?.beganMs ?? 0 };
    await wakeMember(following, durable(), busy);
    expect(asked).toEqual([5]);
  });
});
