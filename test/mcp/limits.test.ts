import { describe, expect, test } from 'vitest';
import { createGate } from '../../src/mcp/limits.ts';

function pass(): Promise<string> {
  return Promise.resolve('done');
}

describe('src/mcp/limits', () => {
  test('lets so many work at once, and the next when one has ended, however it ended', async () => {
    const gate = createGate({ atOnce: 2, perMinute: 100 });
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const running = [gate.pass(() => first.promise), gate.pass(() => second.promise)];
    await expect(gate.pass(pass)).rejects.toThrow(/2 calls are at work.*repeat the call/);
    first.reject(new Error('broke'));
    await expect(running[0]).rejects.toThrow('broke');
    expect(await gate.pass(pass)).toBe('done');
    second.resolve('late');
    expect(await running[1]).toBe('late');
  });

  test('once closed, waits for what is at work and lets nothing else through', async () => {
    const gate = createGate({ atOnce: 2, perMinute: 100 });
    const work = Promise.withResolvers<string>();
    const running = gate.pass(() => work.promise);
    const ended: string[] = [];
    const closing = gate.close().then(() => ended.push('closed'));
    await expect(gate.pass(pass)).rejects.toThrow(/shutting down/);
    expect(ended).toEqual([]);
    work.resolve('done');
    await closing;
    expect(await running).toBe('done');
  });

  test('counts calls by the minute', async () => {
    let now = 0;
    const gate = createGate({ atOnce: 8, perMinute: 2 }, () => now);
    await gate.pass(pass);
    await gate.pass(pass);
    now = 59_999;
    await expect(gate.pass(pass)).rejects.toThrow(/2 calls in a minute/);
    now = 60_000;
    expect(await gate.pass(pass)).toBe('done');
  });
});
