import { describe, expect, it } from 'vitest';
import type { MemberSettings } from '../../src/domain/team/member-settings.ts';
import { member } from '../../src/team/members/code-searcher.ts';
import type { TeamDesk } from '../../src/team/team-desk.ts';
import { wakeMember } from '../../src/team/wake-member.ts';
import { useStores } from '../store/test-store.ts';
import { CLOCK, durable, setDesk } from './waking-desk.ts';

const LAUNCH_MS = Date.parse(CLOCK.now());
const MINUTE_MS = 60_000;

describe('src/team/members/code-searcher', () => {
  const stores = useStores();

  /** The searches that it starts when it wakes so many minutes after the launch, one waking after the other. */
  async function search(
    own: Partial<MemberSettings>,
    minutes: readonly number[],
  ): Promise<readonly number[]> {
    const { desk, waking } = await setDesk(stores, 0, {}, { [member.name]: own });
    const asked: string[] = [];
    const started: number[] = [];
    let afterMs = 0;
    for (const minute of minutes) {
      const now = new Date(LAUNCH_MS + minute * MINUTE_MS).toISOString();
      const later: TeamDesk = {
        ...desk,
        members: [member],
        clock: { now: () => now },
        handle: async ({ key }) => {
          asked.push(key);
          started.push(minute);
        },
        runIdOf: ({ key }) => key,
        hasRun: async (id) => asked.includes(id),
      };
      const one = { ...waking, id: `search ${waking.repositoryId} ${minute}`, member: member.name, afterMs };
      await wakeMember(one, durable(), later);
      const kept = (await desk.records.wakings()).find(({ id }) => id === one.id);
      afterMs = kept?.beganMs ?? 0;
    }
    return started;
  }

  it('searches once a day, counted from the launch, whatever else wakes it', async () => {
    expect(await search({}, [0, 5, 900, 1439, 1440, 1500])).toEqual([0, 1440]);
  });

  it('searches as often as the repository says', async () => {
    expect(await search({ every: '6h' }, [0, 100, 360, 361, 720, 1079])).toEqual([0, 360, 720]);
    expect(await search({ every: '6h' }, [0, 1440])).toEqual([0, 1440]);
    expect(await search({ every: '2d' }, [0, 1440, 2880])).toEqual([0, 2880]);
  });

  it('searches at the times of its cron expression, and not before the first', async () => {
    // The launch is at 08:00.
    expect(await search({ cron: '0 9,12 * * *' }, [0, 59, 61, 120, 241, 300])).toEqual([61, 241]);
  });
});
