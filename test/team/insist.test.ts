import { describe, expect, it } from 'vitest';
import { createForgetful } from '../../src/composition/forgetful.ts';
import { LeaseLostError } from '../../src/ports/lease.ts';
import { insist } from '../../src/team/insist.ts';
import { createLog } from '../../src/telemetry/create-log.ts';

/** What insists, on a clock that stands still, and what the log has of it. */
function setUp(ending = new AbortController()) {
  const waits: number[] = [];
  const said: { readonly level: string; readonly tries: number }[] = [];
  const log = createLog({
    level: 'debug',
    format: 'json',
    secrets: [],
    write: (text) => void said.push(JSON.parse(text)),
  });
  const durable = {
    step: createForgetful(ending.signal).step,
    sleep: async (waitMs: number) => void waits.push(waitMs),
  };
  return { waits, said, needs: { durable, log } };
}

/** Fails so often, and then succeeds. */
function failing(times: number): () => Promise<string> {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) {
      throw new Error('the database is away');
    }
    return 'kept';
  };
}

describe('src/team/insist', () => {
  it('tries at longer and longer intervals, says so each time, and louder when it lasts', async () => {
    const { waits, said, needs } = setUp();
    expect(await insist({ name: 'end', work: failing(6) }, needs)).toBe('kept');
    expect(waits).toEqual([1000, 5000, 30_000, 30_000, 30_000, 30_000]);
    expect(said.map(({ level, tries }) => `${level} ${tries}`)).toEqual([
      'warn 1',
      'warn 2',
      'warn 3',
      'warn 4',
      'error 5',
      'error 6',
    ]);
  });

  it('ends when the process must not act any more', async () => {
    const { waits, needs } = setUp();
    async function work(): Promise<never> {
      throw new LeaseLostError('taken over');
    }
    await expect(insist({ name: 'end', work }, needs)).rejects.toThrow(LeaseLostError);
    expect(waits).toEqual([]);
  });

  it('goes no further once the server is told to end, and does not warn of what that cut short', async () => {
    const ending = new AbortController();
    const { said, needs } = setUp(ending);
    let tries = 0;
    const slept = Promise.withResolvers<void>();
    async function work(): Promise<never> {
      tries += 1;
      ending.abort();
      throw new Error('the connection is closed');
    }
    const durable = {
      ...needs.durable,
      sleep: async () => slept.resolve(),
    };
    void insist({ name: 'end', work }, { ...needs, durable });
    await slept.promise;
    // The next try would begin in the same turn of the event loop.
    await new Promise(setImmediate);
    expect(tries).toBe(1);
    expect(said.map(({ level }) => level)).toEqual(['debug']);
  });
});
