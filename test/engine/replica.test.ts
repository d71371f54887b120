import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { FOR_EVER_MS } from './for-ever-ms.ts';
import { find, readJournal } from './journal.ts';
import { startProxy } from './proxy.ts';
import { untilNoted } from './replica.ts';
import { setStage, steps, TAKES_OVER_ONLY } from './stage.ts';

describe('src/engine/replica', () => {
  const stage = setStage();

  it('goes on after kill -9 and a new start, each completed step done once', async () => {
    const first = await stage.start({ hangsIn: 's3' });
    await first.run('r1', steps(6, 0));
    await untilNoted(stage.journal, { what: 'begin', name: 's3' });
    await first.kill();
    await stage.start();
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    const done = find(stage.journal, { what: 'done' }).map(({ name }) => name);
    expect(done).toEqual(['s0', 's1', 's2', 's3', 's4', 's5']);
    // The step in flight at the crash begins again, no other does.
    expect(find(stage.journal, { what: 'begin' })).toHaveLength(7);
  });

  it('is taken over by another process after a kill -9', async () => {
    const first = await stage.start({ hangsIn: 's1' });
    const second = await stage.start(TAKES_OVER_ONLY);
    await first.run('r1', steps(3, 0));
    await first.run('d1', steps(3, 0), { workflow: 'delivery' });
    await Promise.all(
      ['r1', 'd1'].map((run) => untilNoted(stage.journal, { what: 'begin', name: 's1', run })),
    );
    await first.kill();
    for (const run of ['r1', 'd1']) {
      await untilNoted(stage.journal, { what: 'ended', run });
      const resumed = find(stage.journal, { what: 'begin', run, pid: second.pid });
      expect(resumed.map(({ name }) => name)).toEqual(['s1', 's2']);
      expect(find(stage.journal, { what: 'done', run }).map(({ name }) => name)).toEqual(['s0', 's1', 's2']);
    }
  });

  it('does a step again that was cut short before a kill', async () => {
    const first = await stage.start({ hangsIn: 's' });
    await first.run('r1', [{ kind: 'step', name: 's', ms: 0 }]);
    await untilNoted(stage.journal, { what: 'begin', name: 's' });
    await first.ask({ kind: 'cut-short' });
    await untilNoted(stage.journal, { what: 'aborted', name: 's' });
    await stage.start(TAKES_OVER_ONLY);
    await first.kill();
    const returned = await untilNoted(stage.journal, { what: 'returned', name: 's' });
    expect(returned.value).toBe('s');
  });

  it('fences a frozen process: it loses its lease and does nothing more', async () => {
    const [first, second] = [await stage.start(), await stage.start(TAKES_OVER_ONLY)];
    // Nobody is through with the first step before both have begun it. The second then takes a while, so that the first
    // comes to its end before anybody else has, as soon as it is awake again.
    const contested = { kind: 'step', name: 's0', ms: 2_000, meet: [{ runs: 'r1', count: 2 }] } as const;
    await first.run('r1', [contested, ...steps(2, 0).slice(1)]);
    await untilNoted(stage.journal, { what: 'begin', pid: first.pid });
    first.signal('SIGSTOP');
    await untilNoted(stage.journal, { what: 'begin', name: 's0', pid: second.pid });
    const revivedAt = Date.now();
    first.signal('SIGCONT');
    await expect(first.ask({ kind: 'assert-held' })).rejects.toThrow('LeaseLostError');
    await untilNoted(stage.journal, { what: 'lost', pid: first.pid });
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    const afterwards = readJournal(stage.journal).filter(
      ({ at, pid }) => pid === first.pid && at >= revivedAt,
    );
    // The step which was in flight may finish, but nothing follows from it.
    expect(afterwards.filter(({ what, name }) => what !== 'lost' && name !== 's0')).toEqual([]);
    expect(afterwards.filter(({ what }) => what === 'begin' || what === 'returned')).toEqual([]);
    expect(find(stage.journal, { what: 'ended' }).map(({ pid }) => pid)).toEqual([second.pid]);
    await second.ask({ kind: 'assert-held' });
  });

  it('survives a broken session: it keeps its lease and hears aborts again', async () => {
    const [first, second] = [await stage.start(), await stage.start(TAKES_OVER_ONLY)];
    await first.run('r1', steps(1, FOR_EVER_MS));
    await untilNoted(stage.journal, { what: 'begin', name: 's0' });
    const client = new Client({ connectionString: stage.databaseUrl });
    await client.connect();
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'baton executor' and datname = current_database()`,
    );
    await client.end();
    expect(rowCount).toBe(2);
    await Promise.all([first, second].map((replica) => replica.ask({ kind: 'assert-held' })));
    await second.ask({ kind: 'send', id: 'r1', message: 'stop', key: 'k' });
    await second.ask({ kind: 'abort', id: 'r1' });
    const aborted = await untilNoted(stage.journal, { what: 'aborted', name: 's0' });
    expect(aborted.pid).toBe(first.pid);
    expect(find(stage.journal, { what: 'lost' })).toEqual([]);
  });

  it('survives an outage of the database that is longer than a lease, without fencing anybody', async () => {
    const proxy = await startProxy(stage.databaseUrl);
    const place = { databaseUrl: proxy.url };
    const replicas = [await stage.start(place), await stage.start(place)];
    await Promise.all(replicas.map((replica, index) => replica.run(`r${index}`, steps(3, 2_000))));
    await Promise.all(
      replicas.map((_, index) => untilNoted(stage.journal, { what: 'begin', run: `r${index}` })),
    );
    proxy.cut();
    await delay(5_500);
    proxy.restore();
    await Promise.all(replicas.map((replica) => replica.ask({ kind: 'assert-held' })));
    await Promise.all(
      replicas.map((_, index) => untilNoted(stage.journal, { what: 'ended', run: `r${index}` })),
    );
    expect(find(stage.journal, { what: 'lost' })).toEqual([]);
    expect(find(stage.journal, { what: 'begin' })).toHaveLength(6);
    await Promise.all(replicas.map((replica) => replica.kill()));
    proxy.stop();
  });

  it('aborts a step that begins only after the abort, also after a crash', async () => {
    const first = await stage.start();
    await first.run('r1', [{ kind: 'step', name: 's', ms: FOR_EVER_MS }]);
    await untilNoted(stage.journal, { what: 'begin', name: 's' });
    first.signal('SIGSTOP');
    const second = await stage.start();
    await second.ask({ kind: 'send', id: 'r1', message: 'stop', key: 'k' });
    await second.ask({ kind: 'abort', id: 'r1' });
    await first.kill();
    const aborted = await untilNoted(stage.journal, { what: 'aborted', name: 's' });
    expect(aborted.pid).toBe(second.pid);
  });

  it('boots several processes at once on an empty database, and creates a missing one', async () => {
    const url = new URL(stage.databaseUrl);
    url.pathname = `${url.pathname}_missing`;
    const place = { databaseUrl: url.href };
    const replicas = await Promise.all([1, 2, 3].map(() => stage.start(place)));
    await Promise.all(replicas.map((replica, index) => replica.run(`r${index}`, steps(1, 0))));
    await Promise.all(
      replicas.map((_, index) => untilNoted(stage.journal, { what: 'ended', run: `r${index}` })),
    );
  });
});
