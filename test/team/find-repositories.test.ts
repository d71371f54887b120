import { describe, expect, it } from 'vitest';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import type { InstalledRepository } from '../../src/ports/team-sight.ts';
import { createFindRepositories, type TeamReading } from '../../src/team/find-repositories.ts';
import { useStores } from '../store/test-store.ts';

const CLOCK = { now: () => '2026-03-02T08:00:00.000Z' };

function enabled(stallHours: number): TeamReading {
  return { kind: 'right', settings: teamSettingsSchema.parse({ enabled: true, stallHours }) };
}

describe('src/team/find-repositories', () => {
  const stores = useStores();

  it('keeps what held before while the newest settings have a fault or cannot be read, and says so', async () => {
    const records = (await stores.open()).teamRecords(CLOCK);
    let installed: InstalledRepository = {
      id: 1,
      owner: 'acme',
      name: 'r1',
      installationId: 1,
      pushedAt: '1',
    };
    let reading: TeamReading = { kind: 'faulty', fault: 'no team yet' };
    let looks = 0;
    const find = createFindRepositories(
      { records, sight: { ...NO_SIGHT, installed: async () => [installed] } },
      async () => {
        looks += 1;
        return reading;
      },
    );
    async function after(next: TeamReading, changes: Partial<InstalledRepository>) {
      reading = next;
      installed = { ...installed, ...changes };
      await find();
      return await records.repositories();
    }
    expect(await after(reading, {})).toEqual([]);
    expect(await after(enabled(2), { pushedAt: '2' })).toMatchObject([
      { settings: { stallHours: 2 }, fault: null },
    ]);
    const broken = { kind: 'faulty', fault: 'team.enabled is wrong' } as const;
    const kept = [{ settings: { stallHours: 2 }, fault: 'team.enabled is wrong', pushedAt: '2' }];
    expect(await after(broken, { pushedAt: '3' })).toMatchObject(kept);
    const before = looks;
    expect(await after(broken, {})).toMatchObject(kept);
    // The same push says the same: it is read, and logged, once.
    expect(looks).toBe(before);
    expect(await after({ kind: 'unknown' }, { pushedAt: '4' })).toMatchObject(kept);
    expect(await after(enabled(3), {})).toMatchObject([{ settings: { stallHours: 3 }, fault: null }]);
    // Nobody has pushed, but it has moved, or the App was installed anew.
    expect(await after(enabled(3), { name: 'r2' })).toMatchObject([{ repository: { name: 'r2' } }]);
    expect(await after(enabled(3), { installationId: 9 })).toMatchObject([
      { repository: { installationId: 9 } },
    ]);
  });
});

const NO_SIGHT = {
  issues: async () => [],
  pulls: async () => [],
  changedPaths: async () => [],
  labelling: async () => null,
  hasIssue: async () => true,
};
