import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BatonProcess } from '../../src/demo/baton-process.ts';
import type { Stage } from '../support/stage.ts';
import { playIssue } from './support/play-issue.ts';
import { missedDeliveries, redeliver } from './support/redeliver.ts';
import { report } from './support/report.ts';
import { setCrashStage } from './support/set-crash-stage.ts';
import { toComparable, writesOf } from './support/written.ts';

/** Writes of the App after which the power goes: while it is announced, designed, judged, reviewed, proposed. */
const CUTS = [2, 6, 14, 24, 33];
/** For each of the two waits of a play. */
const PLAY_WITHIN_MS = 240_000;

/** A Baton with a PostgreSQL of its own. When the power goes, both are gone at once; then both start again. */
interface Machine {
  cut(): void;
  readonly cuts: number;
  /** Rejects when it does not come up again. */
  readonly failed: Promise<never>;
}

async function startMachine(stage: Stage): Promise<Machine> {
  const home = join(stage.directory, 'machine');
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let cuts = 0;
  let baton: BatonProcess | null = null;

  async function start(): Promise<void> {
    const started = stage.launchBaton({ BATON_HOME: home, DATABASE_URL: '' });
    baton = started;
    const url = await started.ready.catch((error: unknown) => {
      if (started.child.killed) {
        return null;
      }
      throw error;
    });
    if (url === null) {
      // It worked before it was ready, and the power went once more: the next start is under way.
      return;
    }
    stage.simulator.setWebhookUrl(url);
    for (const delivery of missedDeliveries(stage.simulator)) {
      await redeliver(stage.simulator, delivery);
    }
  }

  await start();
  return {
    get cuts() {
      return cuts;
    },
    failed,
    cut() {
      cuts += 1;
      const child = baton?.child;
      child?.once('exit', () => void start().catch(reject));
      child?.kill('SIGKILL');
      // What it had not written to its log yet is lost with it.
      process.kill(
        Number(readFileSync(join(home, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]),
        'SIGKILL',
      );
    },
  };
}

async function play(cutAfter: readonly number[]) {
  let machine: Machine | null = null;
  let written = 0;
  const stage = await setCrashStage({
    onWrite({ actor }) {
      written += actor === stage.simulator.app.botLogin ? 1 : 0;
      if (actor === stage.simulator.app.botLogin && cutAfter.includes(written)) {
        machine?.cut();
      }
    },
  });
  try {
    machine = await startMachine(stage);
    const { state } = await Promise.race([playIssue(stage, PLAY_WITHIN_MS), machine.failed]);
    await stage.simulator.settle();
    return { state, cuts: machine.cuts, writes: toComparable(writesOf(stage.simulator)).toSorted() };
  } finally {
    await stage.stop();
  }
}

describe('crash/power-cut', () => {
  it('loses nothing and does nothing twice when its database goes down with it', {
    timeout: 5 * PLAY_WITHIN_MS,
  }, async () => {
    const whole = await play([]);
    expect(whole).toMatchObject({ state: 'succeeded', cuts: 0 });
    const disturbed = await play(CUTS);
    expect(disturbed).toMatchObject({ state: 'succeeded', cuts: CUTS.length });
    expect(disturbed.writes).toEqual(whole.writes);
    report(
      `power cut: Baton and its PostgreSQL killed ${disturbed.cuts} times, ${whole.writes.length} writes as undisturbed`,
    );
  });
});
