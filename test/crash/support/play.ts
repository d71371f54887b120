import { MAINTAINER } from '../../../src/demo/demo-seed.ts';
import type { LedgerEntry, RequestFault, Simulator } from '../../../src/simulator/simulator.ts';
import { type KeptBaton, keepBaton } from './keep-baton.ts';
import { playIssue, settle } from './play-issue.ts';
import { setCrashStage } from './set-crash-stage.ts';
import { within } from './until.ts';
import { watchTransitions } from './watch-transitions.ts';
import { toComparable, writesOf } from './written.ts';

/** What is done to a run. */
export interface Disturbance {
  /** Whether Baton is killed right after the commit of a transition that was not seen before, the n-th from 1. */
  readonly killAfterTransition?: (name: string, n: number) => boolean;
  /** Baton is killed right after GitHub has accepted a write, before it answers: after each. */
  readonly killAfterWrites?: true;
  /** What goes wrong on GitHub from the moment on when the issue has its label. */
  readonly faults?: readonly RequestFault[];
}

/** What a run came to. */
export interface Played {
  readonly state: string;
  /** Each once, in the order in which they were first persisted. */
  readonly transitions: readonly string[];
  readonly kills: number;
  /** Requests that were answered with a reset connection or a 502. */
  readonly lostAnswers: number;
  /** In the order in which GitHub took them; comparable between runs. */
  readonly writes: readonly string[];
}

/** Plays an issue to the end of its run, within `ms`. Baton is started again after each kill. */
export async function play(disturbance: Disturbance = {}, ms = 60_000): Promise<Played> {
  let baton: KeptBaton | null = null;
  const stage = await setCrashStage({
    onWrite(entry) {
      injectFaults(stage.simulator, entry, disturbance);
      if (disturbance.killAfterWrites === true && entry.actor === stage.simulator.app.botLogin) {
        baton?.kill();
      }
    },
  });
  const transitions = new Set<string>();
  try {
    await watchTransitions(stage.databaseUrl, (name) => {
      if (!transitions.has(name)) {
        transitions.add(name);
        if (disturbance.killAfterTransition?.(name, transitions.size) === true) {
          baton?.kill();
        }
      }
    });
    baton = await keepBaton(stage);
    const ended = Promise.race([playIssue(stage, ms), baton.failed]);
    const { state } = await within(ms, 'the end of the run', ended);
    await baton.spare();
    await settle(stage);
    const writes = toComparable(writesOf(stage.simulator));
    const lostAnswers = stage.simulator
      .requests()
      .filter(({ status }) => status === 0 || status === 502).length;
    return { state, transitions: [...transitions], kills: baton.kills, lostAnswers, writes };
  } finally {
    await baton?.spare().catch(() => undefined);
    await stage.stop();
  }
}

/** Not before the person's own write of a label, which has the same path as Baton's. */
function injectFaults(simulator: Simulator, entry: LedgerEntry, { faults = [] }: Disturbance): void {
  if (entry.actor === MAINTAINER && entry.kind === 'issues/add-labels') {
    for (const fault of faults) {
      simulator.inject(fault);
    }
  }
}
