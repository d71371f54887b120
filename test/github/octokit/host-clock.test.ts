import { describe, expect, test } from 'vitest';
import { createHostClock } from '../../../src/github/octokit/host-clock.ts';

const NOON = Date.parse('2030-01-01T12:00:00.000Z');
const MINUTE = 60_000;

/** A machine whose clock is `skewMs` ahead of GitHub's, and a GitHub that takes `answerMs` for each way. */
function setUp(skewMs: number, answerMs = 40) {
  const github = { ms: NOON };
  const machine = { skewMs, now: () => new Date(github.ms + machine.skewMs).toISOString() };
  const clock = createHostClock(machine);
  const fetch = clock.listen(async () => {
    github.ms += answerMs;
    const date = new Date(github.ms).toUTCString();
    github.ms += answerMs;
    return new Response('{}', { headers: { date } });
  });
  return {
    machine,
    pass: (ms: number) => (github.ms += ms),
    ask: () => fetch('http://github.test/', {}),
    /** How far the clock is ahead of GitHub, in milliseconds. */
    error: () => Date.parse(clock.now()) - github.ms,
  };
}

describe('src/github/octokit/host-clock.ts', () => {
  test.each([0, 300, -300])('leaves a machine alone that is %i ms off', async (skew) => {
    const { ask, error, pass } = setUp(skew, 400);
    for (let answers = 0; answers < 20; answers += 1) {
      await ask();
      pass(137);
      expect(error()).toBe(skew);
    }
  });

  test.each([5 * MINUTE, -5 * MINUTE, 3_000])(
    'corrects a machine that is %i ms ahead, and is never ahead of GitHub itself',
    async (skew) => {
      const { ask, error, pass } = setUp(skew);
      for (let answers = 0; answers < 20; answers += 1) {
        pass(391);
        await ask();
        expect(error()).toBeLessThanOrEqual(0);
        expect(error()).toBeGreaterThan(-1_100);
      }
      expect(error()).toBeGreaterThan(-250);
    },
  );

  test('follows when the clock of the machine is set', async () => {
    const { machine, ask, error } = setUp(0);
    await ask();
    machine.skewMs = 20 * MINUTE;
    await ask();
    expect(error()).toBeLessThanOrEqual(0);
    expect(error()).toBeGreaterThan(-1_100);
  });

  test('learns nothing from an answer without a date', async () => {
    const machine = { now: () => new Date(NOON).toISOString() };
    const clock = createHostClock(machine);
    await clock.listen(async () => new Response('{}'))('http://github.test/', {});
    expect(clock.now()).toBe(machine.now());
  });
});
