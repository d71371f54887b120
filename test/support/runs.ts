import {
  type EndedRun,
  type HeldRun,
  isEnded,
  type Order,
  type QueuedRun,
  type Run,
  type RunningRun,
} from '../../src/domain/run.ts';
import { anOrder, REQUESTER, sha } from './orders.ts';
import {
  approved,
  asked,
  built,
  designed,
  failing,
  judged,
  leaking,
  objected,
  proposed,
  reviewed,
  triaged,
} from './outcomes.ts';
import { minute, runAfter } from './run-after.ts';

const upToImplementation = [triaged, designed, asked, approved()];

export function aQueuedRun(order: Order = anOrder()): QueuedRun {
  return { state: 'queued', order };
}

/** In its second step. */
export function aRunningRun(order: Order = anOrder()): RunningRun {
  return inState(runAfter([triaged], order), 'running');
}

/** Its implementation is being done again, because the review rejected it. */
export function aRepeatingRun(order: Order = anOrder()): RunningRun {
  return inState(runAfter([...upToImplementation, built(sha('b')), judged, objected], order), 'running');
}

/** Waiting for the approval of its design; nothing is written yet. */
export function aHeldRun(order: Order = anOrder()): HeldRun {
  return inState(runAfter([triaged, designed, asked], order), 'held');
}

/** Waiting for the release of a possible secret. */
export function aSecurityHeldRun(order: Order = anOrder()): HeldRun {
  return inState(runAfter([...upToImplementation, built(sha('b')), leaking], order), 'held');
}

/** The review has rejected three times. */
export function anEscalatedRun(order: Order = anOrder()): HeldRun {
  const rounds = ['b', 'c', 'd'].flatMap((digit) => [built(sha(digit)), judged, objected]);
  return inState(runAfter([...upToImplementation, ...rounds], order), 'held');
}

/** One round of rejected gates, one rejected review, then all well. */
export function aSucceededRun(order: Order = anOrder()): EndedRun {
  const run = runAfter(
    [
      ...upToImplementation,
      built(sha('b')),
      failing,
      built(sha('c')),
      judged,
      objected,
      built(sha('d')),
      judged,
      reviewed,
      proposed,
    ],
    order,
  );
  if (!isEnded(run)) {
    throw new Error(`expected an ended run, got ${run.state}`);
  }
  return run;
}

/** Cancelled while it waited for its design to be approved. */
export function aCancelledRun(order: Order = anOrder()): Extract<Run, { state: 'cancelled' }> {
  const run = runAfter(
    [triaged, designed, asked, { kind: 'cancel', reason: 'The issue is obsolete.' }],
    order,
  );
  return inState(run, 'cancelled');
}

export function aRefusedRun(order: Order = anOrder()): Extract<Run, { state: 'refused' }> {
  return { state: 'refused', order, endedAt: minute(1), reason: 'The repository is empty.' };
}

export function aWithdrawnRun(order: Order = anOrder()): Extract<Run, { state: 'withdrawn' }> {
  return { state: 'withdrawn', order, endedAt: minute(1), by: REQUESTER, reason: 'Not needed.' };
}

function inState<State extends Run['state']>(run: Run, state: State): Extract<Run, { state: State }> {
  if (run.state !== state) {
    throw new Error(`expected a ${state} run, got ${run.state}`);
  }
  // The check above is the proof; the compiler cannot narrow by a generic state.
  return run as Extract<Run, { state: State }>;
}
