import { describe, expect, test } from 'vitest';
import { createGate } from '../../src/mcp/limits.ts';

function pass(): Promise<string> {
  return Promise.resolve('done');
}

describe('src/mcp/limits', () => {
  test('lets so many work at once, and the next when one has ended, however it ended', async () => {
    const gate = createGate({ atOnce: 2, perMinute: 100 });
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const running = [gate(() => first.promise), gate(() => second.promise)];
    await expect(gate(pass)).rejects.toThrow(/2 calls are at work.*repeat the call/);
    first.reject(new Error('broke'));
    await expect(running[0]).rejects.toThrow('broke');
    expect(await gate(pass)).toBe('done');
    second.resolve('late');
    expect(await running[1]).toBe('late');
  });

  test('counts calls by the minute', async () => {
    let now = 0;
    const gate = createGate({ atOnce: 8, perMinute: 2 }, () => now);
    await gate(pass);
    await gate(pass);
    now = 59_999;
    await expect(gate(pass)).rejects.toThrow(/2 calls in a minute/);
    now = 60_000;
    expect(await gate(pass)).toBe('done');
  });
});
