import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/create-engine.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { find, mostAtOnce, type Replica, readJournal, startReplica, untilNoted } from './replica.ts';

function steps(count: number, ms: number) {
  return Array.from({ length: count }, (_, index) => ({ kind: 'step' as const, name: `s${index}`, ms }));
}

describe('src/engine/create-engine', () => {
  let database: TestDatabase;
  let journal: string;
  let replicas: Replica[];

  beforeEach(async () => {
    database = await createTestDatabase();
    journal = path.join(tmpdir(), `baton-journal-${randomUUID()}`);
    replicas = [];
  });
  afterEach(async () => {
    await Promise.all(replicas.map((replica) => replica.kill()));
    await database.drop();
    rmSync(journal, { force: true });
  });

  async function start(more: Parameters<typeof startReplica>[1] = {}): Promise<Replica> {
    const replica = await startReplica({ databaseUrl: database.url, journal }, more);
    replicas.push(replica);
    return replica;
  }

  it('goes on after kill -9 and a new start, each completed step done once', async () => {
    const first = await start();
    await first.run('r1', steps(6, 150));
    await untilNoted(journal, { what: 'begin', name: 's3' });
    await first.kill();
    await start();
    await untilNoted(journal, { what: 'ended', run: 'r1' });
    const done = find(journal, { what: 'done' }).map(({ name }) => name);
    expect(done).toEqual(['s0', 's1', 's2', 's3', 's4', 's5']);
    // The step in flight at the crash begins again, no other does.
    expect(find(journal, { what: 'begin' })).toHaveLength(7);
  });

  it('is taken over by another process within 2.5 s of a kill -9', async () => {
    const [first, second] = [await start(), await start()];
    await first.run('r1', steps(3, 300));
    await first.run('d1', steps(3, 300), { workflow: 'delivery' });
    await Promise.all(['r1', 'd1'].map((run) => untilNoted(journal, { what: 'begin', name: 's1', run })));
    const killedAt = Date.now();
    await first.kill();
    for (const run of ['r1', 'd1']) {
      await untilNoted(journal, { what: 'ended', run });
      const resumed = find(journal, { what: 'begin', run, pid: second.pid })[0];
      expect((resumed?.at ?? 0) - killedAt).toBeLessThan(2_500);
      expect(find(journal, { what: 'done', run }).map(({ name }) => name)).toEqual(['s0', 's1', 's2']);
    }
  });

  it('fences a frozen process: it loses its lease and does nothing more', async () => {
    const [first, second] = [await start(), await start()];
    await first.run('r1', steps(4, 500));
    await untilNoted(journal, { what: 'begin', name: 's1', pid: first.pid });
    const frozenAt = Date.now();
    first.signal('SIGSTOP');
    const taken = await untilNoted(journal, { what: 'begin', name: 's1', pid: second.pid });
    expect(taken.at - frozenAt).toBeLessThan(6_000);
    const revivedAt = Date.now();
    first.signal('SIGCONT');
    await expect(first.ask({ kind: 'assert-held' })).rejects.toThrow('LeaseLostError');
    await untilNoted(journal, { what: 'lost', pid: first.pid });
    await untilNoted(journal, { what: 'ended', run: 'r1' });
    const afterwards = readJournal(journal).filter(({ at, pid }) => pid === first.pid && at >= revivedAt);
    // The step which was in flight may finish, but nothing follows from it.
    expect(afterwards.filter(({ what, name }) => what !== 'lost' && name !== 's1')).toEqual([]);
    expect(afterwards.filter(({ what }) => what === 'begin' || what === 'returned')).toEqual([]);
    expect(find(journal, { what: 'ended' }).map(({ pid }) => pid)).toEqual([second.pid]);
    await second.ask({ kind: 'assert-held' });
  });

  it('survives a broken session: it keeps its lease and hears aborts again', async () => {
    const [first, second] = [await start(), await start()];
    await first.run('r1', steps(1, 60_000));
    await untilNoted(journal, { what: 'begin', name: 's0' });
    const client = new Client({ connectionString: database.url });
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
    const aborted = await untilNoted(journal, { what: 'aborted', name: 's0' }, 3_000);
    expect(aborted.pid).toBe(first.pid);
    expect(find(journal, { what: 'lost' })).toEqual([]);
  });

  it('performs one run per partition at a time, in the order of their start, over all processes', async () => {
    const [first, second] = [await start(), await start()];
    for (let index = 0; index < 6; index += 1) {
      const replica = index % 2 === 0 ? first : second;
      await replica.run(`a${index}`, steps(1, 60), { partition: 'a' });
    }
    await first.run('b0', steps(1, 60), { partition: 'b' });
    await untilNoted(journal, { what: 'ended', run: 'a5' });
    await untilNoted(journal, { what: 'ended', run: 'b0' });
    expect(mostAtOnce(journal, ({ run }) => run.startsWith('a'))).toBe(1);
    const ended = find(journal, { what: 'ended' }).map(({ run }) => run);
    expect(ended.filter((run) => run.startsWith('a'))).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'a5']);
  });

  it('holds the limits on calls: all together, per role, and on workflows', async () => {
    const limits = { calls: 3, callsPerRole: 2 };
    const [first, second] = [await start({ limits }), await start({ limits })];
    for (let index = 0; index < 8; index += 1) {
      const role = index % 2 === 0 ? 'coder' : 'reviewer';
      const replica = index < 4 ? first : second;
      await replica.run(`r${index}`, [{ kind: 'call', name: role, ms: 300, role }]);
      await replica.run(`f${index}`, steps(1, 100), { workflow: 'few' });
    }
    for (let index = 0; index < 8; index += 1) {
      await untilNoted(journal, { what: 'ended', run: `r${index}` });
      await untilNoted(journal, { what: 'ended', run: `f${index}` });
    }
    expect(mostAtOnce(journal, ({ run }) => run.startsWith('r'))).toBe(3);
    expect(mostAtOnce(journal, ({ name }) => name === 'coder')).toBe(2);
    expect(mostAtOnce(journal, ({ name }) => name === 'reviewer')).toBe(2);
    expect(mostAtOnce(journal, ({ run }) => run.startsWith('f'))).toBe(2);
  });

  it('aborts a step and a call within a second, from another process, and reads the message then', async () => {
    const [first, second] = [await start(), await start()];
    await first.run('r1', [
      { kind: 'step', name: 'inline', ms: 60_000 },
      { kind: 'receive', waitMs: null },
      { kind: 'call', name: 'agent', ms: 60_000, role: 'coder' },
      { kind: 'receive', waitMs: null },
    ]);
    for (const [name, key] of [
      ['inline', 'k1'],
      ['agent', 'k2'],
    ] as const) {
      await untilNoted(journal, { what: 'begin', name });
      const askedAt = Date.now();
      await second.ask({ kind: 'send', id: 'r1', message: { key }, key });
      await second.ask({ kind: 'abort', id: 'r1' });
      const aborted = await untilNoted(journal, { what: 'aborted', name });
      expect(aborted.at - askedAt).toBeLessThan(1_000);
    }
    await untilNoted(journal, { what: 'ended', run: 'r1' });
    expect(find(journal, { what: 'returned' }).map(({ value }) => value)).toEqual(['AbortError', 'aborted']);
    expect(find(journal, { what: 'received' }).map(({ value }) => value)).toEqual([
      { key: 'k1' },
      { key: 'k2' },
    ]);
  });

  it('aborts a call which still waits for its limits', async () => {
    const replica = await start({ limits: { calls: 1, callsPerRole: 1 } });
    await replica.run('busy', [{ kind: 'call', name: 'long', ms: 60_000, role: 'coder' }]);
    await untilNoted(journal, { what: 'begin', name: 'long' });
    await replica.run('r1', [
      { kind: 'step', name: 'before', ms: 0 },
      { kind: 'call', name: 'waiting', ms: 60_000, role: 'coder' },
    ]);
    await untilNoted(journal, { what: 'returned', name: 'before' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'stop', key: 'k' });
    await replica.ask({ kind: 'abort', id: 'r1' });
    const returned = await untilNoted(journal, { what: 'returned', name: 'waiting' }, 2_000);
    expect(returned.value).toBe('aborted');
    expect(find(journal, { what: 'begin', name: 'waiting' })).toEqual([]);
  });

  it('aborts a step that begins only after the abort, also after a crash', async () => {
    const first = await start();
    await first.run('r1', [{ kind: 'step', name: 's', ms: 60_000 }]);
    await untilNoted(journal, { what: 'begin', name: 's' });
    first.signal('SIGSTOP');
    const second = await start();
    await second.ask({ kind: 'send', id: 'r1', message: 'stop', key: 'k' });
    await second.ask({ kind: 'abort', id: 'r1' });
    await first.kill();
    const aborted = await untilNoted(journal, { what: 'aborted', name: 's' });
    expect(aborted.pid).toBe(second.pid);
  });

  it('leaves a workflow alone that has read its messages', async () => {
    const replica = await start();
    await replica.run('r1', [
      { kind: 'receive', waitMs: null },
      { kind: 'step', name: 'answer', ms: 300 },
    ]);
    await replica.ask({ kind: 'send', id: 'r1', message: 'm', key: 'k' });
    await untilNoted(journal, { what: 'begin', name: 'answer' });
    await replica.ask({ kind: 'abort', id: 'r1' });
    const returned = await untilNoted(journal, { what: 'returned', name: 'answer' });
    expect(returned.value).toBe('answer');
  });

  it('keeps messages sent before a run begins, and takes each key once', async () => {
    const replica = await start();
    await replica.run('r0', [{ kind: 'receive', waitMs: null }], { partition: 'p' });
    const receive = { kind: 'receive', waitMs: 0 } as const;
    await replica.run('r1', [receive, receive, receive], { partition: 'p' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'one', key: 'k1' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'one again', key: 'k1' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'two', key: 'k2' });
    await replica.ask({ kind: 'send', id: 'r0', message: 'go', key: 'k1' });
    await untilNoted(journal, { what: 'ended', run: 'r1' });
    const received = find(journal, { what: 'received', run: 'r1' }).map(({ value }) => value);
    expect(received).toEqual(['one', 'two', null]);
  });

  it('starts an id once, and refuses what cannot be started', async () => {
    const replica = await start();
    await replica.run('r1', steps(1, 0));
    await replica.run('r1', steps(5, 0));
    await untilNoted(journal, { what: 'ended', run: 'r1' });
    await replica.run('r1', steps(5, 0));
    await replica.run('d1', steps(1, 0), { workflow: 'delivery' });
    await untilNoted(journal, { what: 'ended', run: 'd1' });
    expect(find(journal, { what: 'begin', run: 'r1' })).toHaveLength(1);
    await expect(replica.run('x', [], { workflow: 'nothing' })).rejects.toThrow(
      'There is no workflow "nothing"',
    );
    const request = { workflow: 'delivery', id: 'y', input: null, partition: 'p' };
    await expect(replica.ask({ kind: 'start', request })).rejects.toThrow('not partitioned');
    await expect(replica.ask({ kind: 'send', id: 'z', message: 1, key: 'k' })).rejects.toThrow('z');
  });

  it('boots several processes at once on an empty database, and creates a missing one', async () => {
    const url = new URL(database.url);
    url.pathname = `${url.pathname}_missing`;
    const place = { databaseUrl: url.href, journal };
    replicas.push(...(await Promise.all([startReplica(place), startReplica(place), startReplica(place)])));
    await Promise.all(replicas.map((replica, index) => replica.run(`r${index}`, steps(1, 0))));
    await Promise.all(replicas.map((_, index) => untilNoted(journal, { what: 'ended', run: `r${index}` })));
  });

  it('says which database it cannot open, without the password, and can be tried again', async () => {
    function attempt() {
      return createEngine({
        databaseUrl: 'postgresql://baton:secret@127.0.0.1:1/baton',
        log: { debug() {}, info() {}, warn() {}, error() {} },
        workflows: { run: { perform: async () => undefined, partitioned: true } },
        procedure: async () => null,
        limits: { calls: 1, callsPerRole: 1 },
        onLeaseLost() {},
      });
    }
    for (const _ of [1, 2]) {
      const failure = await attempt().then(
        () => 'no failure',
        (error: Error) => error.message,
      );
      expect(failure).toContain('The database baton on 127.0.0.1:1 cannot be opened');
      expect(failure).not.toContain('secret');
    }
  });

  it('stops in order: the step under way finishes, the rest goes on elsewhere at once', async () => {
    const [first, second] = [await start(), await start()];
    await first.run('r1', steps(3, 400));
    await untilNoted(journal, { what: 'begin', name: 's0' });
    await first.stop();
    await untilNoted(journal, { what: 'ended', run: 'r1' });
    expect(find(journal, { what: 'begin' }).map(({ name, pid }) => [name, pid])).toEqual([
      ['s0', first.pid],
      ['s1', second.pid],
      ['s2', second.pid],
    ]);
  });

  it('does a step again that a stop cut short', async () => {
    const first = await start({ drainMs: 50 });
    await first.run('r1', [{ kind: 'step', name: 's', ms: 2_000 }]);
    await untilNoted(journal, { what: 'begin', name: 's' });
    await first.stop();
    expect(find(journal, { what: 'aborted', name: 's' })).toHaveLength(1);
    await start();
    const returned = await untilNoted(journal, { what: 'returned', name: 's' });
    expect(returned.value).toBe('s');
  });
});
