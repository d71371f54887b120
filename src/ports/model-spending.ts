import type { Scope, Spent } from '../domain/budget.ts';

/** A call to a model that has ended. Null: not known. */
export interface ModelCall {
  readonly runId: string;
  /** Repository id. */
  readonly repository: string;
  /** Stable identity of the subject. */
  readonly subject: string;
  readonly step: string;
  readonly attempt: number;
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

/** Remembers what models were asked and what it cost, for all replicas. */
export interface ModelSpending {
  record(call: ModelCall): Promise<void>;
  /** What was used by now in each scope that the run belongs to. Days and months begin in UTC, by the database's clock. */
  spent(run: Pick<ModelCall, 'runId' | 'repository' | 'subject'>): Promise<Readonly<Record<Scope, Spent>>>;
}
