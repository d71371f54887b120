import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { startProxy } from './proxy.ts';
import { find, readJournal, untilNoted } from './replica.ts';
import { setStage, steps } from './stage.ts';

describe('src/engine/replica', () => {
  const stage = setStage();

  it('goes on after kill -9 and a new start, each completed step done once', async () => {
    const first = await stage.start();
    await first.run('r1', steps(6, 150));
    await untilNoted(stage.journal, { what: 'begin', name: 's3' });
    await first.kill();
    await stage.start();
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    const done = find(stage.journal, { what: 'done' }).map(({ name }) => name);
    expect(done).toEqual(['s0', 's1', 's2', 's3', 's4', 's5']);
    // The step in flight at the crash begins again, no other does.
    expect(find(stage.journal, { what: 'begin' })).toHaveLength(7);
  });

  it('is taken over by another process within 2.5 s of a kill -9', async () => {
    const [first, second] = [await stage.start(), await stage.start()];
    await first.run('r1', steps(3, 300));
    await first.run('d1', steps(3, 300), { workflow: 'delivery' });
    await Promise.all(
      ['r1', 'd1'].map((run) => untilNoted(stage.journal, { what: 'begin', name: 's1', run })),
    );
    const killedAt = Date.now();
    await first.kill();
    for (const run of ['r1', 'd1']) {
      await untilNoted(stage.journal, { what: 'ended', run });
      const resumed = find(stage.journal, { what: 'begin', run, pid: second.pid })[0];
      expect((resumed?.at ?? 0) - killedAt).toBeLessThan(2_500);
      expect(find(stage.journal, { what: 'done', run }).map(({ name }) => name)).toEqual(['s0', 's1', 's2']);
    }
  });

  it('fences a frozen process: it loses its lease and does nothing more', async () => {
    const [first, second] = [await stage.start(), await stage.start()];
    await first.run('r1', steps(4, 500));
    await untilNoted(stage.journal, { what: 'begin', name: 's1', pid: first.pid });
    const frozenAt = Date.now();
    first.signal('SIGSTOP');
    const taken = await untilNoted(stage.journal, { what: 'begin', name: 's1', pid: second.pid });
    expect(taken.at - frozenAt).toBeLessThan(6_000);
    const revivedAt = Date.now();
    first.signal('SIGCONT');
    await expect(first.ask({ kind: 'assert-held' })).rejects.toThrow('LeaseLostError');
    await untilNoted(stage.journal, { what: 'lost', pid: first.pid });
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    const afterwards = readJournal(stage.journal).filter(
      ({ at, pid }) => pid === first.pid && at >= revivedAt,
    );
    // The step which was in flight may finish, but nothing follows from it.
    expect(afterwards.filter(({ what, name }) => what !== 'lost' && name !== 's1')).toEqual([]);
    expect(afterwards.filter(({ what }) => what === 'begin' || what === 'returned')).toEqual([]);
    expect(find(stage.journal, { what: 'ended' }).map(({ pid }) => pid)).toEqual([second.pid]);
    await second.ask({ kind: 'assert-held' });
  });

  it('survives a broken session: it keeps its lease and hears aborts again', async () => {
    const [first, second] = [await stage.start(), await stage.start()];
    await first.run('r1', steps(1, 60_000));
    await untilNoted(stage.journal, { what: 'begin', name: 's0' });
    const client = new Client({ connectionString: stage.databaseUrl });
    await client.connect();
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'baton executor' and datname = current_database()`,
    );
    await client.end();
    expect(rowCount).toBe(2);
    await first.ask({ kind: 'assert-held' });
    await second.ask({ kind: 'send', id: 'r1', message: 'stop', key: 'k' });
    await second.ask({ kind: 'abort', id: 'r1' });
    const aborted = await untilNoted(stage.journal, { what: 'aborted', name: 's0' }, 3_000);
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
    await proxy.restore();
    await Promise.all(replicas.map((replica) => replica.ask({ kind: 'assert-held' })));
    await Promise.all(
      replicas.map((_, index) => untilNoted(stage.journal, { what: 'ended', run: `r${index}` })),
    );
    expect(find(stage.journal, { what: 'lost' })).toEqual([]);
    expect(find(stage.journal, { what: 'begin' })).toHaveLength(6);
    await Promise.all(replicas.map((replica) => replica.kill()));
    proxy.cut();
  });

  it('aborts a step that begins only after the abort, also after a crash', async () => {
    const first = await stage.start();
    await first.run('r1', [{ kind: 'step', name: 's', ms: 60_000 }]);
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
