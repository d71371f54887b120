import { describe, expect, it } from 'vitest';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { useStores } from '../store/test-store.ts';
import { baton } from './run-cli.ts';

const REPOSITORY = { id: 5, owner: 'acme', name: 'orders', installationId: 1 };

describe('src/cli/team', { timeout: 60_000 }, () => {
  const stores = useStores();

  function run(...args: readonly string[]) {
    const { PATH } = process.env;
    return baton(args, process.cwd(), { PATH, DATABASE_URL: stores.url(), BATON_HOME: '/nowhere' });
  }

  it('says how the members are, stops and starts them, and what takes longest', async () => {
    const store = await stores.open();
    const records = store.teamRecords(systemClock);
    await records.saveRepository(REPOSITORY, teamSettingsSchema.parse({ enabled: true }), 'now');
    const waking = { id: 'w1', repositoryId: 5, member: 'architect', reason: 'tick 1' };
    await records.begin(waking, 'host-1, process 42');
    await records.addRestart({
      wakingId: 'w1',
      repositoryId: 5,
      member: 'architect',
      crash: 1,
      why: 'no',
      waitMs: 1,
    });
    await records.addDuration({ member: 'architect', type: 'waking', durationMs: 1500 });
    await store.agentHealth(systemClock).save('host-1, process 42', [
      {
        id: 'run-1 spec 1 replay',
        process: 'host-1, process 42',
        repositoryId: 5,
        member: 'architect',
        work: 'run-1 spec',
        pid: 4711,
        startedMs: Date.now() - 90_000,
        heartbeatMs: Date.now(),
        cpuPercent: 2.3,
        memoryBytes: 256 * 1024 ** 2,
        ailments: [],
      },
    ]);
    const status = await run('team', 'status', '--json');
    expect(JSON.parse(status.out.join('\n'))).toMatchObject({
      running: 1,
      queue: { pending: 0 },
      members: expect.arrayContaining([
        expect.objectContaining({
          member: 'architect',
          repository: 'acme/orders',
          state: 'running',
          on: 'host-1, process 42',
          restarts: 1,
          agents: [expect.objectContaining({ pid: 4711, cpuPercent: 2.3, memoryBytes: 256 * 1024 ** 2 })],
        }),
        expect.objectContaining({ member: 'assistant', state: 'never-woken' }),
      ]),
    });
    expect((await run('team', 'stop', '--agents', 'ARCHITECT,code_developer')).code).toBe(0);
    const stopped = await run('team', 'status', '--agents', 'code-developer');
    expect(stopped.out).toContain('acme/orders code-developer: stopped; restarts 0');
    expect((await run('team', 'start')).code).toBe(0);
    expect(await records.switches()).toEqual(
      new Map([...(await records.switches())].map(([name, { atMs }]) => [name, { stopped: false, atMs }])),
    );
    const analytics = await run('analytics');
    expect(analytics.out).toContain('  waking: 1.5 s (1)');
    expect(analytics.out).toContain('  architect: 1 tasks, 1.5 s on average');
  });

  it.each([
    [['team', 'stop', '--agents', 'nobody'], /There is no member nobody; there are: architect/],
    [['team', 'dance'], /Write: team start\|stop\|status/],
  ])('refuses %j', async (args, words) => {
    const ended = await run(...args);
    expect(ended.code).toBe(64);
    expect(ended.complaint).toMatch(words);
  });
});
