import type { RunEvent } from '../../domain/event.ts';
import type { Run } from '../../domain/run.ts';

/** Something that may happen to a run in one state. */
export interface Happening {
  /** In the words of the graph, such as `passed` or `rejected`. */
  readonly label: string;
  /** What else is told in a path: the facts that were reported. */
  readonly detail: string;
  /** Which one in a row it is, of what is counted. */
  readonly count: number | null;
  readonly event: RunEvent;
}

/** No time passes in a simulation: an answer is never from before its question. */
export const AT = '2000-01-01T00:00:00.000Z';
export const BASE = { ref: 'main', sha: '0'.repeat(40) };
export const DIGEST = '0'.repeat(12);
export const REQUESTER = { id: 1, login: 'requester' };
/** Another than who asked for the run, because a security hold needs a second person. */
export const MAINTAINER = { id: 2, login: 'maintainer' };

/** Where a run is, as the simulation tells it: a step, a question at a step, or an end. */
export interface Place {
  readonly kind: 'step' | 'question' | 'end';
  /** The step; the state for an end. */
  readonly name: string;
  /** What is asked, of a question. */
  readonly asks: string;
}

export function placeOf(run: Run): Place {
  if (run.state === 'running') {
    return { kind: 'step', name: run.step, asks: '' };
  }
  if (run.state !== 'held') {
    return { kind: 'end', name: run.state, asks: '' };
  }
  const { hold, step } = run;
  const asks = hold.kind === 'escalation' ? `escalation (${hold.trigger})` : hold.kind;
  return { kind: 'question', name: step, asks };
}
