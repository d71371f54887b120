import { MAINTAINER } from '../../../src/demo/demo-seed.ts';
import type { LedgerEntry, RequestFault, Seed, Simulator } from '../../../src/simulator/simulator.ts';
import type { Stage } from '../../support/stage.ts';
import { type Gateway, holdWrites } from './hold-writes.ts';
import { type KeptBaton, keepBaton } from './keep-baton.ts';
import { playIssue, settle } from './play-issue.ts';
import type { NamedTransition } from './read-transitions.ts';
import { setCrashStage } from './set-crash-stage.ts';
import { within } from './until.ts';
import { type TransitionWatch, watchTransitions } from './watch-transitions.ts';
import { toComparable, writesOf } from './written.ts';

/** What is done to a run. */
export interface Disturbance {
  /** What the run is about; the demo when absent. */
  readonly seed?: Seed;
  /** Baton is killed after the commit of each new transition for which this SQL holds, before the next one commits. */
  readonly killAfterTransitions?: string;
  /** Baton is killed after each write that GitHub has accepted, before it is answered and before the next is accepted. */
  readonly killAfterWrites?: true;
  /** What goes wrong on GitHub from the moment on when the issue has its label. */
  readonly faults?: readonly RequestFault[];
}

/** What a run came to. */
export interface Played {
  readonly state: string;
  /** Each once, in the order in which they were first persisted. */
  readonly transitions: readonly NamedTransition[];
  /** Tables that were written besides, see `TransitionWatch`. */
  readonly others: readonly string[];
  readonly kills: number;
  /** Requests that were answered with a reset connection or a 502. */
  readonly lostAnswers: number;
  /** In the order in which GitHub took them; comparable between runs. */
  readonly writes: readonly string[];
  /** Those of them after which Baton was killed. */
  readonly fatalWrites: readonly string[];
}

/** Plays an issue to the end of its run, within `ms`. Baton is started again after each kill. */
export async function play(disturbance: Disturbance = {}, ms = 60_000): Promise<Played> {
  let baton: KeptBaton | null = null;
  let gateway: Gateway | null = null;
  const fatal = new Set<LedgerEntry>();
  const stage = await setCrashStage({
    ...(disturbance.seed === undefined ? {} : { seed: disturbance.seed }),
    onWrite(entry) {
      injectFaults(stage.simulator, entry, disturbance);
      const passed = gateway;
      if (passed !== null && entry.actor === stage.simulator.app.botLogin) {
        fatal.add(entry);
        passed.shut();
        baton?.kill(() => passed.open());
      }
    },
  });
  try {
    const { killAfterTransitions: after } = disturbance;
    const deaths =
      after === undefined ? null : { after, kill: (bury: () => Promise<void>) => baton?.kill(bury) };
    const watch = await watchTransitions(stage.databaseUrl, deaths === null ? {} : { deaths });
    gateway = disturbance.killAfterWrites === true ? await holdWrites(stage.simulator.url) : null;
    baton = await keepBaton(stage, gateway === null ? {} : { GITHUB_API_URL: gateway.url });
    const ended = playIssue(stage, ms).then(async (advanced) => {
      await calm(stage, baton, watch);
      return advanced;
    });
    const { state } = await within(ms, 'the end of the run', Promise.race([ended, baton.failed]));
    const written = writesOf(stage.simulator);
    const writes = toComparable(written);
    return {
      state,
      transitions: await watch.transitions(),
      others: await watch.others(),
      kills: baton.kills,
      lostAnswers: stage.simulator.requests().filter(({ status }) => status === 0 || status === 502).length,
      writes,
      fatalWrites: writes.filter((_, index) => written[index] !== undefined && fatal.has(written[index])),
    };
  } finally {
    await stage.stop();
    await gateway?.stop();
  }
}

/** Until Baton is up, knows everything and has nothing left to do, and is not to be killed for any of it. */
async function calm(stage: Stage, baton: KeptBaton | null, watch: TransitionWatch): Promise<void> {
  for (let isCalm = false; !isCalm; ) {
    const kills = baton?.kills;
    const missed = await baton?.catchUp();
    await settle(stage);
    await watch.untilNoneIsDue();
    isCalm = missed === 0 && kills === baton?.kills;
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
