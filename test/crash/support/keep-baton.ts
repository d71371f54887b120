import { once } from 'node:events';
import type { BatonProcess } from '../../../src/demo/baton-process.ts';
import type { Stage } from '../../support/stage.ts';
import { missedDeliveries, redeliver } from './redeliver.ts';

/** More restarts than any test needs: a crash loop ends here. */
const MAX_STARTS = 400;

/** A Baton that is started again whenever it is killed, as a supervisor does. */
export interface KeptBaton {
  /** SIGKILL, synchronously. It is started again once it is dead and `bury` has resolved. */
  kill(bury: () => Promise<void>): void;
  /** How often it was killed. */
  readonly kills: number;
  /** Rejects when it ended by itself, or was killed too often. */
  readonly failed: Promise<never>;
  /** Resolves when it is up and was told of everything that happened on GitHub; says of how much just now. */
  catchUp(): Promise<number>;
}

/** Starts it. After each start GitHub is asked to send again what could not be delivered meanwhile. */
export async function keepBaton(
  stage: Stage,
  environment: Readonly<Record<string, string>> = {},
): Promise<KeptBaton> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let kills = 0;
  let baton: BatonProcess | null = null;
  let up = keep(start());

  function keep(starting: Promise<void>): Promise<void> {
    starting.catch(reject);
    return starting;
  }

  async function start(): Promise<void> {
    if (kills >= MAX_STARTS) {
      throw new Error(`Baton was started ${MAX_STARTS} times and is still not done.`);
    }
    const started = stage.launchBaton({ ...environment, BATON_HOME: `${stage.directory}/home` });
    baton = started;
    started.child.once('exit', (code) => {
      if (!started.child.killed) {
        started.ready.then(() => reject(new Error(`Baton ended by itself, with exit code ${code}.`)), reject);
      }
    });
    const url = await started.ready.catch(() => null);
    if (url !== null) {
      stage.simulator.setWebhookUrl(url);
      await sendMissed();
    }
  }

  async function revive({ child }: BatonProcess, bury: () => Promise<void>): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, 'exit');
    }
    await bury();
    await start();
  }

  async function sendMissed(): Promise<number> {
    const missed = missedDeliveries(stage.simulator);
    for (const delivery of missed) {
      await redeliver(stage.simulator, delivery);
    }
    return missed.length;
  }

  await up;
  return {
    get kills() {
      return kills;
    },
    failed,
    kill(bury) {
      if (baton === null || baton.child.killed) {
        reject(new Error('Baton was to be killed while it was dead already.'));
        return;
      }
      kills += 1;
      baton.child.kill('SIGKILL');
      up = keep(revive(baton, bury));
    },
    async catchUp() {
      for (let seen: Promise<void> | null = null; seen !== up; ) {
        seen = up;
        await seen;
      }
      await stage.simulator.settle();
      return sendMissed();
    },
  };
}
