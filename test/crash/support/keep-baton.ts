import type { BatonProcess } from '../../../src/demo/baton-process.ts';
import type { Stage } from '../../support/stage.ts';
import { missedDeliveries, redeliver } from './redeliver.ts';

/** More restarts than any test needs: a crash loop ends here. */
const MAX_STARTS = 400;

/** A Baton that is started again whenever it is killed, as a supervisor does. */
export interface KeptBaton {
  /** SIGKILL, synchronously; false when it is dead already. */
  kill(): boolean;
  /** How often it was killed. */
  readonly kills: number;
  /** Rejects when it ended by itself, or was killed too often. */
  readonly failed: Promise<never>;
  /** Lets it live from now on, and resolves when it is up and knows of everything that people did. */
  spare(): Promise<void>;
}

/** Starts it. After each start GitHub is asked to send again what could not be delivered meanwhile. */
export async function keepBaton(stage: Stage): Promise<KeptBaton> {
  const home = `${stage.directory}/home`;
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let kills = 0;
  let starts = 0;
  let spared = false;
  let baton: BatonProcess | null = null;
  let up = start();
  up.catch(reject);

  async function start(): Promise<void> {
    starts += 1;
    if (starts > MAX_STARTS) {
      throw new Error(`Baton was started ${MAX_STARTS} times and is still not done.`);
    }
    const started = stage.launchBaton({ BATON_HOME: home });
    baton = started;
    started.child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') {
        up = start();
        up.catch(reject);
      } else if (!spared) {
        started.ready.then(() => reject(new Error(`Baton ended by itself, with exit code ${code}.`)), reject);
      }
    });
    const url = await started.ready.catch(() => null);
    if (url !== null) {
      stage.simulator.setWebhookUrl(url);
      await sendMissed();
    }
  }

  async function sendMissed(): Promise<void> {
    for (const delivery of missedDeliveries(stage.simulator)) {
      await redeliver(stage.simulator, delivery);
    }
  }

  await up;
  return {
    get kills() {
      return kills;
    },
    failed,
    kill() {
      const child = baton?.child;
      if (spared || child?.pid === undefined || child.killed || child.exitCode !== null) {
        return false;
      }
      kills += 1;
      child.kill('SIGKILL');
      return true;
    },
    async spare() {
      spared = true;
      let seen: Promise<void> | null = null;
      while (seen !== up) {
        seen = up;
        await seen;
      }
      await stage.simulator.settle();
      await sendMissed();
      await stage.simulator.settle();
    },
  };
}
