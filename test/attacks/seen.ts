import type { LedgerEntry } from '../../src/simulator/simulator.ts';
import type { Proposed } from './targets/read-proposed.ts';

/** What one attack left behind, as far as it can be seen from outside. */
export interface Seen {
  /** `hung`: it did not end in time. */
  readonly state: 'done' | 'held' | 'refused' | 'failed' | 'hung';
  /** The last word of the run. */
  readonly summary: string;
  /** All that the model was asked. */
  readonly prompts: string;
  /** What each act of the agent came to, as the model was told. */
  readonly results: readonly string[];
  /** Everything that was written to the repository on GitHub, as text. */
  readonly shown: string;
  /** The same as requests, those for tokens included. */
  readonly written: readonly LedgerEntry[];
  /** What was pushed. */
  readonly proposed: Proposed;
  /** What an own process of the server prints when it is started with more environment; null when it starts. */
  startWith(environment: Readonly<Record<string, string>>): Promise<string | null>;
  /** Ends what is still alive with the word of the attack on its command line, and says how many that were. */
  endSurvivors(): Promise<number>;
  /** All that the server has logged and stored so far, about whatever. */
  kept(): Promise<string>;
}
