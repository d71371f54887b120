import { describe, expect, it } from 'vitest';
import { sayWhenSlow } from '../../src/composition/say-when-slow.ts';

const LONG_MS = 3_600_000;

/** What is said, and the moment at which it is. */
function listen() {
  const { promise: heard, resolve } = Promise.withResolvers<void>();
  const said: string[] = [];
  async function say() {
    said.push('it takes long');
    resolve();
  }
  return { said, heard, say };
}

describe('src/composition/say-when-slow', () => {
  it('says nothing of work that is done in time', async () => {
    const { said, say } = listen();
    expect(await sayWhenSlow(async () => 'done', { say, patienceMs: LONG_MS })).toBe('done');
    expect(said).toEqual([]);
  });

  it('says once that work takes long', async () => {
    const { said, heard, say } = listen();
    async function work() {
      await heard;
      return 'done';
    }
    expect(await sayWhenSlow(work, { say, patienceMs: 0 })).toBe('done');
    expect(said).toEqual(['it takes long']);
  });

  it('says that work failed, and fails with it', async () => {
    const { said, say } = listen();
    async function work() {
      throw new Error('no network');
    }
    await expect(sayWhenSlow(work, { say, patienceMs: LONG_MS })).rejects.toThrow('no network');
    expect(said).toEqual(['it takes long']);
  });

  it('is not over before all is said, so that what follows is said after it', async () => {
    const over = Promise.withResolvers<void>();
    const order: string[] = [];
    const started = Promise.withResolvers<void>();
    async function say() {
      started.resolve();
      await over.promise;
      order.push('said');
    }
    const slow = sayWhenSlow(() => started.promise, { say, patienceMs: 0 }).then(() => order.push('settled'));
    await started.promise;
    over.resolve();
    await slow;
    expect(order).toEqual(['said', 'settled']);
  });
});
