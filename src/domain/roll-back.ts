import type { Decision } from './decision.ts';
import { moveOn } from './move-on.ts';
import { counts, factsOf, liveHistory, toProgress } from './progress.ts';
import type { BegunRun, HeldRun, RunningRun, StepRecord } from './run.ts';
import type { Sha } from './sha.ts';
import { ignore, type SteeredBy } from './steered.ts';

/** Where a rollback to a step leads, or why there is none. */
export type RollbackTarget =
  | { readonly kind: 'target'; readonly head: Sha; readonly index: number }
  | { readonly kind: 'none'; readonly why: string };

/** The end of the newest attempt at `step` that counts. */
export function findRollbackTarget(run: BegunRun, step: string): RollbackTarget {
  const live = liveHistory(run);
  const last = live.findLast((record) => record.step === step && counts(record));
  if (last === undefined) {
    const steps = [...new Set(live.filter(counts).map((record) => record.step))];
    const choice = steps.length === 0 ? 'None has been done yet.' : `Done so far: ${steps.join(', ')}.`;
    return { kind: 'none', why: `There is no finished step ${step} to go back to. ${choice}` };
  }
  if (live.at(-1) === last) {
    return { kind: 'none', why: `Nothing has happened since ${step}, so there is nothing to take back.` };
  }
  return { kind: 'target', head: headAfter(last), index: run.history.indexOf(last) };
}

/**
 * The run as it was after that step: its head, its facts, its results. The attempts since then stay on the record, taken
 * back, so that none is ever counted twice. The branch has been put back before: see `restored` of the event.
 */
export function rollBack(run: RunningRun | HeldRun, event: SteeredBy<'rollback'>): Decision {
  const { step, guidance } = event.steer;
  const target = findRollbackTarget(run, step);
  if (target.kind === 'none') {
    return ignore(run, target.why);
  }
  if (event.restored !== 'restored') {
    return ignore(
      run,
      `The branch ${run.order.branch} is not where this run left it, so it was not put back. Put it to ${run.head} and ask again, or cancel the run.`,
    );
  }
  const history = run.history.map(
    (record, index): StepRecord => (index > target.index ? { ...record, undone: true } : record),
  );
  const intervention = { by: event.by, at: event.at, kind: 'rolled-back', step, reason: guidance } as const;
  const undone = { ...run, history };
  // Its `again` holds as it did: what is left is still to be done.
  const decision = moveOn(
    {
      state: 'running',
      ...toProgress(run),
      history,
      head: target.head,
      facts: Object.assign({}, ...liveHistory(undone).map(factsOf)),
      rejections: {},
      interventions: [...run.interventions, intervention],
      step,
      attempt: 1,
      since: event.at,
    },
    event.at,
  );
  return (decision.kind === 'next' || decision.kind === 'return') && guidance !== ''
    ? { kind: 'return', run: { ...decision.run, feedback: toFeedback(event) } }
    : decision;
}

function toFeedback({ by, steer }: SteeredBy<'rollback'>) {
  return { from: steer.step, summary: `Guidance from ${by.login}: ${steer.guidance}`, findings: [] };
}

function headAfter({ outcome, head }: StepRecord): Sha {
  return outcome.kind === 'passed' ? (outcome.checkpoint ?? head) : head;
}
