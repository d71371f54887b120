import { afterEach, describe, expect, it } from 'vitest';
import type { Stage } from '../support/stage.ts';
import { openIssue, settle } from './support/play-issue.ts';
import { missedDeliveries, redeliver } from './support/redeliver.ts';
import { setCrashStage } from './support/set-crash-stage.ts';
import { within } from './support/until.ts';
import { toComparable, toDoubled, toProgress, writesOf } from './support/written.ts';

let stage: Stage;
afterEach(async () => {
  await stage.stop();
});

describe('crash/intake-down', () => {
  it('acts once on what was sent while it was down, however often it is sent again', async () => {
    // Nobody waits for a run to begin: that it is queued is told at once.
    stage = await setCrashStage({ environment: { BATON_BEGIN_SECONDS: '0' } });
    const { simulator } = stage;
    const issue = await openIssue(stage);
    await issue.label();
    await issue.say('/baton help');
    await simulator.settle();
    const missed = missedDeliveries(simulator).filter(({ action }) => action !== 'opened');
    expect(missed.map(({ event, action, outcome }) => [event, action, outcome?.statusCode])).toEqual([
      ['issues', 'labeled', 0],
      ['issue_comment', 'created', 0],
    ]);
    expect(writesOf(simulator)).toEqual([]);

    await stage.startBaton();
    for (const delivery of missed) {
      await redeliver(simulator, delivery);
    }
    await within(
      240_000,
      'the hold',
      stage.advanced(({ state }) => state === 'held'),
    );
    await settle(stage);
    const writes = toComparable(writesOf(simulator));
    expect(toDoubled(writes)).toEqual([]);
    expect(writes.filter((write) => write.startsWith('issues/create-comment '))).toHaveLength(2);
    const told = toProgress(writes).flatMap(
      (write) => /Queued: Baton starts|Baton waits for/.exec(write) ?? [],
    );
    expect(told).toEqual(['Queued: Baton starts', 'Baton waits for']);

    for (const delivery of [...missed, ...missed]) {
      await redeliver(simulator, delivery);
    }
    await settle(stage);
    expect(toComparable(writesOf(simulator))).toEqual(writes);
  });
});
