import type { Decision } from './decision.ts';
import type { Restored } from './event.ts';
import { moveOn } from './move-on.ts';
import { counts, liveHistory, replayFacts, toProgress } from './progress.ts';
import { recordDecision } from './record-decision.ts';
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
  const done = live.filter((record) => counts(record) && isStepOf(run, record.step));
  const last = done.findLast((record) => record.step === step);
  if (last === undefined) {
    const steps = [...new Set(done.map((record) => record.step))];
    const choice = steps.length === 0 ? 'None has been done yet.' : `Done so far: ${steps.join(', ')}.`;
    return { kind: 'none', why: `There is no finished step ${step} to go back to. ${choice}` };
  }
  if (live.at(-1) === last) {
    return { kind: 'none', why: `Nothing has happened since ${step}, so there is nothing to take back.` };
  }
  return { kind: 'target', head: headAfter(last), index: run.history.indexOf(last) };
}

/** Another choice of the workflow may have replaced the step since. */
function isStepOf({ definition }: BegunRun, step: string): boolean {
  return definition.workflow.steps.some(({ id }) => id === step);
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
    return ignore(run, toObstacle(run, event.restored));
  }
  const history = settled(run, event);
  const intervention = { by: event.by, at: event.at, kind: 'rolled-back', step, reason: guidance } as const;
  // Its `again` holds as it did: what is left is still to be done.
  const decision = moveOn(
    {
      state: 'running',
      ...takenBack({ ...run, history: [...history] }, target),
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

/** What holds of a run at the end of a step: what was done since counts for nothing. `keep` is left as it is. */
export function takenBack(
  run: BegunRun,
  target: Extract<RollbackTarget, { kind: 'target' }>,
  keep?: StepRecord,
): ReturnType<typeof toProgress> {
  const history = run.history.map(
    (record, index): StepRecord =>
      index > target.index && record !== keep ? { ...record, undone: true } : record,
  );
  return {
    ...toProgress(run),
    history,
    head: target.head,
    facts: replayFacts({ ...run, history }),
    rejections: {},
  };
}

function toObstacle({ order: { branch }, head }: BegunRun, restored: Restored | undefined): string {
  return restored === 'moved'
    ? `The branch ${branch} is not where this run left it, so it was not put back. Put it to ${head} and ask again, or cancel the run.`
    : `GitHub did not put the branch ${branch} back, so the run stays as it is. Ask again in a few minutes.`;
}

/** Whoever was asked does not wait for an answer any more. */
function settled(run: RunningRun | HeldRun, event: SteeredBy<'rollback'>): readonly StepRecord[] {
  return run.state === 'held' && run.hold.kind !== 'pause'
    ? recordDecision(run, event, { kind: 'rolled-back', reason: event.steer.guidance }).history
    : run.history;
}

function toFeedback({ by, steer }: SteeredBy<'rollback'>) {
  return { from: steer.step, by, summary: `Guidance from ${by.login}: ${steer.guidance}`, findings: [] };
}

export function headAfter({ outcome, head }: StepRecord): Sha {
  return 'checkpoint' in outcome ? (outcome.checkpoint ?? head) : head;
}
