import type { Scope, Spent } from '../domain/budget.ts';
import type { Usage } from '../domain/usage.ts';

/** For which attempt of a run a model is asked. */
export interface CallingAttempt {
  readonly runId: string;
  readonly step: string;
  readonly attempt: number;
}

/** A call to a model. Null: not known. */
export interface ModelCall extends CallingAttempt {
  /** Repository id. */
  readonly repository: string;
  /** Stable identity of the subject. */
  readonly subject: string;
  readonly model: string;
  /** All input, what came from a cache or went into one included. */
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
  /** What counts against budgets: the tokens that were told, or an estimate by the length of the texts. */
  readonly countedTokens: number;
  readonly durationMs: number;
}

/**
 * Remembers what models were asked and what it cost, for all replicas. A call is written down before it leaves: when the
 * process dies before its end, it counts as the most that it can have cost.
 */
export interface ModelSpending {
  /** Writes down a call that is about to be made, as the most that it can cost. It counts once it has ended or is lost. Returns its id. */
  begin(call: ModelCall): Promise<string>;
  /** What it was. Safe to repeat. */
  end(id: string, call: ModelCall): Promise<void>;
  /** No model has worked for it. Safe to repeat. */
  forget(id: string): Promise<void>;
  /** Counts what processes had begun that have died since. */
  countLost(): Promise<void>;
  /** What the attempt has used by now, also before it was interrupted. Not known when a call of it is lost or under way. */
  used(attempt: CallingAttempt): Promise<Usage>;
  /** What was used by now in each scope that the run belongs to. Days and months begin in UTC, by the database's clock. */
  spent(run: Pick<ModelCall, 'runId' | 'repository' | 'subject'>): Promise<Readonly<Record<Scope, Spent>>>;
}
