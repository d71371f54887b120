import { describe, expect, it } from 'vitest';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import { tellOutage } from '../../src/team/tell-outage.ts';
import { wakeMember } from '../../src/team/wake-member.ts';
import { createWatchOutages } from '../../src/team/watch-outages.ts';
import { useStores } from '../store/test-store.ts';
import { createInMemoryEngine } from '../support/in-memory-world.ts';
import { CLOCK, durable, setDesk } from './waking-desk.ts';

const awaySinceMs = Date.parse(CLOCK.now()) - 16 * 60_000;

describe('src/team/watch-outages', () => {
  const stores = useStores();

  /** A repository whose only member waits for GitHub, which people were told. */
  async function setOutage() {
    const set = await setDesk(stores, 0);
    const { desk, waking, codeHost } = set;
    const sight = { ...desk.sight, issues: () => Promise.reject(new Error('GitHub is away')) };
    await wakeMember({ ...waking, outages: 5, awaySinceMs }, durable(), { ...desk, sight });
    const engine = createInMemoryEngine();
    const watch = createWatchOutages(desk, engine);
    async function said(): Promise<unknown> {
      await watch();
      // As often as it was found, it is told once.
      await watch();
      for (const { input } of engine.started.splice(0)) {
        await tellOutage(input as { repositoryId: number }, 'left', desk);
      }
      const { surface } = codeHost.shown.at(-1) ?? {};
      return surface?.kind === 'comment' ? { key: surface.key, ...JSON.parse(surface.body) } : null;
    }
    return { ...set, engine, said };
  }
  const since = new Date(awaySinceMs).toISOString();
  const told = { key: 'outage', kind: 'outage' };
  const lasts = { ...told, away: [{ member: 'architect', since }], left: [] };

  it('says that who waited was stopped, and waits again when it is started', async () => {
    const { desk, waking, codeHost, said } = await setOutage();
    expect(await said()).toEqual(lasts);
    await desk.records.turn('architect', 'stopped');
    expect(await said()).toEqual({ ...told, away: [], left: [{ member: 'architect', why: 'stopped' }] });
    expect(codeHost.shown).toHaveLength(2);
    await desk.records.turn('architect', 'started');
    const afterMs = (await desk.records.wakings()).at(-1)?.beganMs ?? 0;
    const following = { ...waking, id: `${waking.id} again`, outages: 6, awaySinceMs, afterMs };
    await wakeMember(following, durable(), desk);
    expect(await said()).toEqual({ ...told, away: [], left: [] });
  });

  it('says that who waited is not enabled any more', async () => {
    const { desk, waking, said } = await setOutage();
    const [place] = (await desk.records.repositories()).filter(
      ({ repository }) => repository.id === waking.repositoryId,
    );
    if (place === undefined) {
      throw new Error('there is no team');
    }
    const settings = teamSettingsSchema.parse({
      enabled: true,
      notify: 7,
      members: { architect: { enabled: false } },
    });
    await desk.records.saveRepository(place.repository, settings, 'later');
    expect(await said()).toEqual({ ...told, away: [], left: [{ member: 'architect', why: 'not enabled' }] });
  });

  it('is a comment of its own when the last word is more than a day old', async () => {
    const { desk, waking, said } = await setOutage();
    const sight = { ...desk.sight, issues: () => Promise.reject(new Error('GitHub is away')) };
    const laterMs = awaySinceMs + 3 * 86_400_000;
    const afterMs = (await desk.records.wakings()).find(({ id }) => id === waking.id)?.beganMs ?? 0;
    const following = { ...waking, id: `${waking.id} later`, outages: 5, awaySinceMs: laterMs, afterMs };
    await wakeMember(following, durable(), { ...desk, sight });
    expect(await said()).toMatchObject({
      key: 'outage:2',
      away: [{ since: new Date(laterMs).toISOString() }],
    });
  });
});
