import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/create-engine.ts';
import { find, mostAtOnce, untilNoted } from './replica.ts';
import { setStage, steps } from './stage.ts';

describe('src/engine/create-engine', () => {
  const stage = setStage();

  it('performs one run per partition at a time, in the order of their start, over all processes', async () => {
    const [first, second] = [await stage.start(), await stage.start()];
    for (let index = 0; index < 6; index += 1) {
      const replica = index % 2 === 0 ? first : second;
      await replica.run(`a${index}`, steps(1, 60), { partition: 'a' });
    }
    await first.run('b0', steps(1, 60), { partition: 'b' });
    await untilNoted(stage.journal, { what: 'ended', run: 'a5' });
    await untilNoted(stage.journal, { what: 'ended', run: 'b0' });
    expect(mostAtOnce(stage.journal, ({ run }) => run.startsWith('a'))).toBe(1);
    const ended = find(stage.journal, { what: 'ended' }).map(({ run }) => run);
    expect(ended.filter((run) => run.startsWith('a'))).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'a5']);
  });

  it('begins queued work at once instead of at the next poll', async () => {
    const replica = await stage.start();
    const startedAt = Date.now();
    const calls = Array.from({ length: 12 }, (_, index) => ({
      kind: 'call' as const,
      name: `c${index}`,
      ms: 0,
      role: 'coder',
    }));
    await replica.run('r1', calls);
    const ended = await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    // Polling once a second, each would wait for half a second.
    expect(ended.at - startedAt).toBeLessThan(4_000);
  });

  it('holds the limits on calls: all together, per role, and on workflows', async () => {
    const limits = { calls: 3, callsPerRole: 2 };
    const [first, second] = [await stage.start({ limits }), await stage.start({ limits })];
    for (let index = 0; index < 8; index += 1) {
      const role = index % 2 === 0 ? 'coder' : 'reviewer';
      const replica = index < 4 ? first : second;
      await replica.run(`r${index}`, [{ kind: 'call', name: role, ms: 300, role }]);
      await replica.run(`f${index}`, steps(1, 100), { workflow: 'few' });
    }
    for (let index = 0; index < 8; index += 1) {
      await untilNoted(stage.journal, { what: 'ended', run: `r${index}` });
      await untilNoted(stage.journal, { what: 'ended', run: `f${index}` });
    }
    expect(mostAtOnce(stage.journal, ({ run }) => run.startsWith('r'))).toBe(3);
    expect(mostAtOnce(stage.journal, ({ name }) => name === 'coder')).toBe(2);
    expect(mostAtOnce(stage.journal, ({ name }) => name === 'reviewer')).toBe(2);
    expect(mostAtOnce(stage.journal, ({ run }) => run.startsWith('f'))).toBe(2);
  });

  it('aborts a step and a call within a second, from another process, and reads the message then', async () => {
    const [first, second] = [await stage.start(), await stage.start()];
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
      await untilNoted(stage.journal, { what: 'begin', name });
      const askedAt = Date.now();
      await second.ask({ kind: 'send', id: 'r1', message: { key }, key });
      await second.ask({ kind: 'abort', id: 'r1' });
      const aborted = await untilNoted(stage.journal, { what: 'aborted', name });
      expect(aborted.at - askedAt).toBeLessThan(1_000);
    }
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    expect(find(stage.journal, { what: 'returned' }).map(({ value }) => value)).toEqual([
      'AbortError',
      'aborted',
    ]);
    expect(find(stage.journal, { what: 'received' }).map(({ value }) => value)).toEqual([
      { key: 'k1' },
      { key: 'k2' },
    ]);
  });

  it('aborts a call which still waits for its limits', async () => {
    const replica = await stage.start({ limits: { calls: 1, callsPerRole: 1 } });
    await replica.run('busy', [{ kind: 'call', name: 'long', ms: 60_000, role: 'coder' }]);
    await untilNoted(stage.journal, { what: 'begin', name: 'long' });
    await replica.run('r1', [
      { kind: 'step', name: 'before', ms: 0 },
      { kind: 'call', name: 'waiting', ms: 60_000, role: 'coder' },
    ]);
    await untilNoted(stage.journal, { what: 'returned', name: 'before' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'stop', key: 'k' });
    await replica.ask({ kind: 'abort', id: 'r1' });
    const returned = await untilNoted(stage.journal, { what: 'returned', name: 'waiting' }, 2_000);
    expect(returned.value).toBe('aborted');
    expect(find(stage.journal, { what: 'begin', name: 'waiting' })).toEqual([]);
  });

  it('leaves a workflow alone that has read its messages', async () => {
    const replica = await stage.start();
    await replica.run('r1', [
      { kind: 'receive', waitMs: null },
      { kind: 'step', name: 'answer', ms: 300 },
    ]);
    await replica.ask({ kind: 'send', id: 'r1', message: 'm', key: 'k' });
    await untilNoted(stage.journal, { what: 'begin', name: 'answer' });
    await replica.ask({ kind: 'abort', id: 'r1' });
    const returned = await untilNoted(stage.journal, { what: 'returned', name: 'answer' });
    expect(returned.value).toBe('answer');
  });

  it('keeps messages sent before a run begins, and takes each key once', async () => {
    const replica = await stage.start();
    await replica.run('r0', [{ kind: 'receive', waitMs: null }], { partition: 'p' });
    const receive = { kind: 'receive', waitMs: 0 } as const;
    await replica.run('r1', [receive, receive, receive], { partition: 'p' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'one', key: 'k1' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'one again', key: 'k1' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'two', key: 'k2' });
    await replica.ask({ kind: 'send', id: 'r0', message: 'go', key: 'k1' });
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    const received = find(stage.journal, { what: 'received', run: 'r1' }).map(({ value }) => value);
    expect(received).toEqual(['one', 'two', null]);
  });

  it('starts an id once, and refuses what cannot be started', async () => {
    const replica = await stage.start();
    await replica.run('r1', steps(1, 0));
    await replica.run('r1', steps(5, 0));
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    await replica.run('r1', steps(5, 0));
    await replica.run('d1', steps(1, 0), { workflow: 'delivery' });
    await untilNoted(stage.journal, { what: 'ended', run: 'd1' });
    expect(find(stage.journal, { what: 'begin', run: 'r1' })).toHaveLength(1);
    await expect(replica.run('x', [], { workflow: 'nothing' })).rejects.toThrow(
      'There is no workflow "nothing"',
    );
    const request = { workflow: 'delivery', id: 'y', input: null, partition: 'p' };
    await expect(replica.ask({ kind: 'start', request })).rejects.toThrow('not partitioned');
    await expect(replica.ask({ kind: 'send', id: 'z', message: 1, key: 'k' })).rejects.toThrow('z');
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
    const [first, second] = [await stage.start(), await stage.start()];
    await first.run('r1', steps(3, 400));
    await untilNoted(stage.journal, { what: 'begin', name: 's0' });
    await first.stop();
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    expect(find(stage.journal, { what: 'begin' }).map(({ name, pid }) => [name, pid])).toEqual([
      ['s0', first.pid],
      ['s1', second.pid],
      ['s2', second.pid],
    ]);
  });

  it('does a step again that a stop cut short', async () => {
    const first = await stage.start({ drainMs: 50 });
    await first.run('r1', [{ kind: 'step', name: 's', ms: 2_000 }]);
    await untilNoted(stage.journal, { what: 'begin', name: 's' });
    await first.stop();
    expect(find(stage.journal, { what: 'aborted', name: 's' })).toHaveLength(1);
    await stage.start();
    const returned = await untilNoted(stage.journal, { what: 'returned', name: 's' });
    expect(returned.value).toBe('s');
  });
});
