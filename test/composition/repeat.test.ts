import { describe, expect, it } from 'vitest';
import { repeat } from '../../src/composition/repeat.ts';
import { createLog } from '../../src/telemetry/create-log.ts';

const LONG_MS = 3_600_000;

/** A chore that fails when told to, and the first line that the log has of that. */
function listen() {
  const { promise: work, reject } = Promise.withResolvers<void>();
  const { promise: heard, resolve } = Promise.withResolvers<{
    readonly level: string;
    readonly msg: string;
  }>();
  const log = createLog({
    level: 'debug',
    format: 'json',
    secrets: [],
    write: (text) => resolve(JSON.parse(text)),
  });
  const repetition = repeat(() => work, { chore: 'look', everyMs: LONG_MS, log, atOnce: true });
  return { repetition, heard, fail: () => reject(new Error('the connection is closed')) };
}

describe('src/composition/repeat', () => {
  it('warns of a chore that fails', async () => {
    const { repetition, heard, fail } = listen();
    fail();
    expect(await heard).toMatchObject({
      level: 'warn',
      chore: 'look',
      msg: expect.stringMatching(/tried again/),
    });
    repetition.stop();
  });

  it('does not warn of one that an orderly stop has cut short', async () => {
    const { repetition, heard, fail } = listen();
    repetition.stop();
    fail();
    expect(await heard).toMatchObject({
      level: 'debug',
      chore: 'look',
      msg: expect.stringMatching(/cut short/),
    });
  });
});
