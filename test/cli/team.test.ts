import { describe, expect, it } from 'vitest';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { query } from '../store/query.ts';
import { useStores } from '../store/test-store.ts';
import { baton } from './run-cli.ts';

const REPOSITORY = { id: 5, owner: 'acme', name: 'orders', installationId: 1 };

/** What the engine keeps of servers: this one has a lease. */
async function addServer(url: string, name: string): Promise<void> {
  for (const text of [
    'create schema dbos',
    'create table dbos.workflow_status (status text, queue_name text)',
    'create schema baton_engine',
    'create table baton_engine.executors (id text, renewed_at timestamptz, fenced_at timestamptz)',
    `insert into baton_engine.executors values ('${name}', now() + interval '1 hour')`,
  ]) {
    await query(url, text);
  }
}

describe('src/cli/team', () => {
  const stores = useStores();

  function run(...args: readonly string[]) {
    const { PATH } = process.env;
    return baton(args, process.cwd(), { PATH, DATABASE_URL: stores.url(), BATON_HOME: '/nowhere' });
  }

  it('says that no server has prepared the database, and that nothing was done yet', async () => {
    const empty = await run('analytics');
    expect(empty.code).toBe(1);
    expect(empty.complaint).toMatch(
      /^No server of this version has worked with this database yet\. Start one/,
    );
    await stores.open();
    expect((await run('analytics')).out).toEqual([
      'No member of a team has done anything in the last seven days.',
    ]);
  });

  it('says how the members are, stops and starts them, and what takes longest', async () => {
    const store = await stores.open();
    const records = store.teamRecords(systemClock);
    await records.saveRepository(
      REPOSITORY,
      teamSettingsSchema.parse({ enabled: true, members: { 'code-searcher': { enabled: false } } }),
      'now',
    );
    const waking = { id: 'w1', repositoryId: 5, member: 'architect', reason: 'tick 1' };
    await records.begin(waking, 'host-1-42-b2');
    await records.addRestart({
      work: 'w1',
      role: null,
      repositoryId: 5,
      member: 'architect',
      crash: 1,
      why: 'no',
      waitMs: 1,
    });
    await records.addDuration({ member: 'architect', type: 'waking', durationMs: 1500 });
    await records.addDuration({ member: 'assistant', type: 'waking', durationMs: 2500 });
    await records.addDuration({ member: 'assistant', type: 'look', durationMs: 9000 });
    // Of the week before it counts for nothing.
    await store
      .teamRecords({ now: () => new Date(Date.now() - 8 * 86_400_000).toISOString() })
      .addDuration({ member: 'architect', type: 'waking', durationMs: 900_000 });
    const agent = {
      id: 'run-1 spec 1 replay',
      process: 'host-1-42-b2',
      repositoryId: 5,
      member: 'architect',
      work: 'run-1 spec',
      pid: 4711,
      startedMs: Date.now() - 90_000,
      heartbeatMs: Date.now(),
      cpuPercent: 2.3,
      memoryBytes: 256 * 1024 ** 2,
      ailments: [],
    };
    const health = store.agentHealth(systemClock);
    await addServer(stores.url(), 'host-1-42-b2');
    // Its first server is gone, and another one does the same attempt again.
    await health.save('host-0-41-a1', [{ ...agent, process: 'host-0-41-a1', pid: 1 }]);
    const ofPerson = { ...agent, id: 'run-2 plan 1 claude', member: null, work: 'run-2 plan', pid: 4712 };
    await health.save('host-1-42-b2', [agent, ofPerson]);
    // One that was killed a moment ago has left what it had measured.
    const lost = { ...agent, id: 'server host-2-43-c3', process: 'host-2-43-c3', member: null, pid: 43 };
    await health.save('host-2-43-c3', [
      { ...lost, work: 'server', startedMs: 0 },
      { ...lost, id: 'run-3', work: 'run-3 plan' },
    ]);
    const status = await run('team', 'status', '--json');
    expect(JSON.parse(status.out.join('\n'))).toMatchObject({
      uptimeSeconds: null,
      servers: [],
      gone: [{ process: 'host-2-43-c3', pid: 43 }],
      running: 1,
      queue: { pending: 0 },
      agents: [{ work: 'run-2 plan', pid: 4712 }],
      members: expect.arrayContaining([
        expect.objectContaining({
          member: 'architect',
          repository: 'acme/orders',
          state: 'running',
          on: 'host-1-42-b2',
          restarts: 1,
          waking: 'w1',
          agents: [expect.objectContaining({ pid: 4711, cpuPercent: 2.3, memoryBytes: 256 * 1024 ** 2 })],
        }),
        expect.objectContaining({ member: 'assistant', state: 'never-woken' }),
      ]),
    });
    const lines = (await run('team', 'status')).out;
    expect(lines).toContain('Members at work: 1 of 5.');
    expect(lines[3]).toMatch(
      /^ {2}server on host-2-43-c3 has no lease any more: it was killed, or hangs; last heard of \S+Z$/,
    );
    expect(lines[4]).toMatch(/^ {2}run-2 plan on host-1-42-b2 \(PID 4712, /);
    expect(lines.at(-3)).toMatch(/^acme\/orders code-searcher: not enabled/);
    const stopping = await run('team', 'stop', '--agents', 'ARCHITECT,code_developer');
    expect(stopping.code).toBe(0);
    expect(stopping.out[0]).toBe('architect, code-developer: no more wakings; what is under way ends.');
    expect(stopping.out[1]).toMatch(
      /^architect is still at work in acme\/orders since \S+Z on host-1-42-b2\.$/,
    );
    const stopped = await run('team', 'status', '--agents', 'code-developer');
    expect(stopped.out.at(-1)).toMatch(
      /^ {2}\S+Z architect in w1, crash 1: no; started again after 0\.001 s$/,
    );
    expect(stopped.out).toContainEqual(
      expect.stringMatching(/^acme\/orders code-developer: stopped since \S+Z; restarts 0$/),
    );
    const started = await run('team', 'start');
    expect(started.code).toBe(0);
    expect(started.out[1]).toMatch(
      /^architect is already running in acme\/orders since \S+Z on host-1-42-b2\.$/,
    );
    expect((await run('team', 'start', '--agents', 'assistant')).out).toEqual(['assistant: started.']);
    expect(await records.switches()).toEqual(
      new Map([...(await records.switches())].map(([name, { atMs }]) => [name, { stopped: false, atMs }])),
    );
    const analytics = await run('analytics');
    expect(analytics.out).toEqual([
      'What takes longest, on average:',
      '  look: 9.0 s (1)',
      '  waking: 2.0 s (2)',
      'Members:',
      '  architect: 1 task, 1.5 s on average',
      '  assistant: 2 tasks, 5.8 s on average',
    ]);
  });

  it.each([
    [['team', 'stop', '--agents', 'nobody'], /There is no member nobody; there are: architect/],
    [['team', 'dance'], /^Say what is to be done: start, stop or status\./],
  ])('refuses %j', async (args, words) => {
    const ended = await run(...args);
    expect(ended.code).toBe(64);
    expect(ended.complaint).toMatch(words);
  });
});
