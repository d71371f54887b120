import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/create-engine.ts';
import { query } from '../store/query.ts';
import { FOR_EVER_MS } from './for-ever-ms.ts';
import { find, mostAtOnce } from './journal.ts';
import { untilNoted } from './replica.ts';
import { setStage, steps, TAKES_OVER_ONLY } from './stage.ts';

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
    const replica = await stage.start({ pollMs: FOR_EVER_MS });
    const call = { kind: 'call', name: 'c', ms: 0, role: 'coder' } as const;
    await replica.run('r1', [call, call, call]);
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
  });

  it('looks for queued work that no wake has told of', async () => {
    const replica = await stage.start();
    await replica.run('r1', steps(1, FOR_EVER_MS), { partition: 'a' });
    await replica.run('r2', steps(1, 0), { partition: 'a' });
    await untilNoted(stage.journal, { what: 'begin', run: 'r1' });
    const move = `update dbos.workflow_status set queue_partition_key = 'b' where workflow_uuid = 'r2'`;
    await query(stage.databaseUrl, move);
    // Sooner than DBOS would look.
    await untilNoted(stage.journal, { what: 'ended', run: 'r2' }, 30_000);
  });

  it('sleeps while there is nothing to do', async () => {
    const replica = await stage.start();
    await replica.ask({ kind: 'rest', ms: 4_000 });
    const [rested] = find(stage.journal, { what: 'rested' });
    // It renews its lease, and looks for dead processes and for queued work: four questions a second.
    expect(rested?.value).toBeLessThan(4 * 40);
  });

  it('holds the limits on calls: all together, per role, and on workflows', async () => {
    const limits = { calls: 3, callsPerRole: 2 };
    const [first, second] = [await stage.start({ limits }), await stage.start({ limits })];
    const runs = Array.from({ length: 8 }, (_, index) => {
      const role = index % 2 === 0 ? 'coder' : 'reviewer';
      return { role, id: `r-${role}-${index}`, few: `f${index}`, replica: index < 4 ? first : second };
    });
    for (const { role, id, few, replica } of runs) {
      const meet = [
        { runs: 'r-', count: 3 },
        { runs: `r-${role}`, count: 2 },
      ];
      await replica.run(id, [{ kind: 'call', name: role, ms: 20, role, meet }]);
      const alone = { kind: 'step', name: 'alone', ms: 20, meet: [{ runs: 'f', count: 2 }] } as const;
      await replica.run(few, [alone], { workflow: 'few' });
    }
    for (const { id, few } of runs) {
      await untilNoted(stage.journal, { what: 'ended', run: id });
      await untilNoted(stage.journal, { what: 'ended', run: few });
    }
    expect(mostAtOnce(stage.journal, ({ run }) => run.startsWith('r'))).toBe(3);
    expect(mostAtOnce(stage.journal, ({ name }) => name === 'coder')).toBe(2);
    expect(mostAtOnce(stage.journal, ({ name }) => name === 'reviewer')).toBe(2);
    expect(mostAtOnce(stage.journal, ({ run }) => run.startsWith('f'))).toBe(2);
  });

  it('aborts a step and a call at once, from another process, and reads the message then', async () => {
    const [first, second] = [await stage.start(), await stage.start()];
    await first.run('r1', [
      { kind: 'step', name: 'inline', ms: FOR_EVER_MS },
      { kind: 'receive', waitMs: null },
      { kind: 'call', name: 'agent', ms: FOR_EVER_MS, role: 'coder' },
      { kind: 'receive', waitMs: null },
    ]);
    for (const [name, key] of [
      ['inline', 'k1'],
      ['agent', 'k2'],
    ] as const) {
      await untilNoted(stage.journal, { what: 'begin', name });
      await second.ask({ kind: 'send', id: 'r1', message: { key }, key });
      await second.ask({ kind: 'abort', id: 'r1' });
      await untilNoted(stage.journal, { what: 'aborted', name });
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
    await replica.run('busy', [{ kind: 'call', name: 'long', ms: FOR_EVER_MS, role: 'coder' }]);
    await untilNoted(stage.journal, { what: 'begin', name: 'long' });
    await replica.run('r1', [
      { kind: 'step', name: 'before', ms: 0 },
      { kind: 'call', name: 'waiting', ms: FOR_EVER_MS, role: 'coder' },
    ]);
    await untilNoted(stage.journal, { what: 'returned', name: 'before' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'stop', key: 'k' });
    await replica.ask({ kind: 'abort', id: 'r1' });
    const returned = await untilNoted(stage.journal, { what: 'returned', name: 'waiting' });
    expect(returned.value).toBe('aborted');
    expect(find(stage.journal, { what: 'begin', name: 'waiting' })).toEqual([]);
  });

  it('goes on after a crash behind a call that was aborted before it was waited for', async () => {
    const first = await stage.start({ limits: { calls: 1, callsPerRole: 1 } });
    await first.run('busy', [{ kind: 'call', name: 'long', ms: FOR_EVER_MS, role: 'coder' }]);
    await untilNoted(stage.journal, { what: 'begin', name: 'long' });
    await first.run('r1', [
      { kind: 'step', name: 'before', ms: FOR_EVER_MS },
      { kind: 'call', name: 'waiting', ms: FOR_EVER_MS, role: 'coder' },
      { kind: 'receive', waitMs: null },
      { kind: 'step', name: 'after', ms: FOR_EVER_MS },
    ]);
    await untilNoted(stage.journal, { what: 'begin', name: 'before' });
    // Nobody reads the message until the call is made, so the call finds the abort there.
    await first.ask({ kind: 'send', id: 'r1', message: 'stop', key: 'k' });
    await first.ask({ kind: 'abort', id: 'r1' });
    await untilNoted(stage.journal, { what: 'begin', name: 'after' });
    await first.kill();
    const second = await stage.start();
    await untilNoted(stage.journal, { what: 'begin', name: 'after', pid: second.pid });
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

  it('knows what was read and not answered, also when an earlier message was', async () => {
    const replica = await stage.start();
    await replica.run('r1', [
      { kind: 'step', name: 'answer', ms: 0 },
      { kind: 'receive', waitMs: null },
      { kind: 'step', name: 'answer', ms: 0 },
      { kind: 'receive', waitMs: null },
      { kind: 'step', name: 'other', ms: 0 },
    ]);
    await replica.ask({ kind: 'send', id: 'r1', message: 'one', key: 'k1' });
    await replica.ask({ kind: 'send', id: 'r1', message: 'two', key: 'k2' });
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    await replica.ask({ kind: 'unanswered', id: 'r1' });
    const [left] = find(stage.journal, { what: 'unanswered' });
    expect(left?.value).toEqual([{ key: 'k2', message: 'two' }]);
  });

  it('gives a message back that nobody has read, and none that was read, whichever process asks', async () => {
    const [first, second] = [await stage.start(), await stage.start()];
    await first.run('r1', [
      { kind: 'receive', waitMs: null },
      { kind: 'step', name: 'answer', ms: 0 },
    ]);
    await first.ask({ kind: 'send', id: 'r1', message: 'in time', key: 'k1' });
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    for (const _ of ['once', 'and again after a crash of the sender']) {
      await first.ask({ kind: 'send', id: 'r1', message: { said: 'too late' }, key: 'k2' });
      await second.ask({ kind: 'unanswered', id: 'r1' });
      await second.ask({ kind: 'take-back', id: 'r1', key: 'k2' });
      await second.ask({ kind: 'take-back', id: 'r1', key: 'k2' });
    }
    await second.ask({ kind: 'take-back', id: 'r1', key: 'k1' });
    await second.ask({ kind: 'unanswered', id: 'r1' });
    // What cannot be read hides no other.
    await first.ask({ kind: 'send', id: 'r1', message: 'damaged', key: 'k3' });
    await query(
      stage.databaseUrl,
      `update dbos.notifications set message = 'no json' where message_uuid like 'k3::%'`,
    );
    await first.ask({ kind: 'send', id: 'r1', message: 'sound', key: 'k4' });
    await second.ask({ kind: 'unanswered', id: 'r1' });
    await second.ask({ kind: 'take-back', id: 'r1', key: 'k3' });
    await second.ask({ kind: 'take-back', id: 'r1', key: 'k4' });
    const unanswered = find(stage.journal, { what: 'unanswered' }).map(({ value }) => value);
    const late = { key: 'k2', message: { said: 'too late' } };
    const damaged = [
      { key: 'k3', message: null },
      { key: 'k4', message: 'sound' },
    ];
    expect(unanswered).toEqual([[late], [late], [], damaged]);
    const taken = find(stage.journal, { what: 'taken-back' }).map(({ name, value }) => [name, value]);
    expect(taken).toEqual([
      ['k2', true],
      ['k2', false],
      ['k2', true],
      ['k2', false],
      ['k1', false],
      ['k3', true],
      ['k4', true],
    ]);
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
    const first = await stage.start({ drainMs: 60_000 });
    const second = await stage.start(TAKES_OVER_ONLY);
    const untilStopping = {
      kind: 'step',
      name: 's0',
      ms: 0,
      meet: [{ runs: 'stopping', count: 1 }],
    } as const;
    await first.run('r1', [untilStopping, ...steps(3, 0).slice(1)]);
    await untilNoted(stage.journal, { what: 'begin', name: 's0' });
    await first.stop();
    await untilNoted(stage.journal, { what: 'ended', run: 'r1' });
    const begun = find(stage.journal, { what: 'begin', run: 'r1' });
    expect(begun.map(({ name, pid }) => [name, pid])).toEqual([
      ['s0', first.pid],
      ['s1', second.pid],
      ['s2', second.pid],
    ]);
  });

  it('does a step again that a stop cut short', async () => {
    const first = await stage.start({ drainMs: 50, hangsIn: 's' });
    await first.run('r1', [{ kind: 'step', name: 's', ms: 0 }]);
    await untilNoted(stage.journal, { what: 'begin', name: 's' });
    await first.stop();
    expect(find(stage.journal, { what: 'aborted', name: 's' })).toHaveLength(1);
    await stage.start();
    const returned = await untilNoted(stage.journal, { what: 'returned', name: 's' });
    expect(returned.value).toBe('s');
  });
});
