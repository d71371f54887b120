import type { Simulator } from '../../../src/simulator/simulator.ts';
import type { Arena } from '../arena/open-arena.ts';
import type { Seen } from '../seen.ts';

/** A repository that only one attack uses. */
export interface Place {
  readonly owner: string;
  readonly repo: string;
  /** Of the App in the account, which has no other repository. */
  readonly installation: number;
}

export function toPlace(index: number): Place {
  return { owner: `org-${index + 1}`, repo: 'sums', installation: 2001 + index };
}

/** How a run ended, by the target's own account. */
export type Ending = Pick<Seen, 'state' | 'summary'>;

/** A running server that attacks are tried on. */
export interface Target {
  readonly arena: Arena;
  readonly simulator: Simulator;
  /** Directory of the bare repositories behind the simulator. */
  readonly repositories: string;
  /** Has somebody with the right to do so ask for the work on the first issue; resolves when it has ended, in any way. */
  work(place: Place): Promise<Ending>;
  /** All that it has logged so far. */
  readonly log: () => string;
  /** All that it has stored, as text. */
  readonly stored: () => Promise<string>;
  /** What whoever scrapes its metrics reads. */
  readonly metrics: () => Promise<string>;
  /** Where it keeps its files; null when it keeps none. */
  readonly home: string | null;
  startWith: Seen['startWith'];
  stop(): Promise<void>;
}
