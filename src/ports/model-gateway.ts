import type { Budget, BudgetStanding } from '../domain/budget.ts';
import type { ModelRefusal } from '../domain/model-refusal.ts';
import type { Usage } from '../domain/usage.ts';

/** Whose model line it is, and what it may be used for. */
export interface ModelLineRequest {
  readonly runId: string;
  /** Repository id. */
  readonly repository: string;
  /** Stable identity of the subject. */
  readonly subject: string;
  readonly step: string;
  readonly attempt: number;
  /** The only models that may be asked for. */
  readonly models: readonly string[];
  /** What the run may use; each of them has to hold. None when absent. */
  readonly budgets?: readonly Budget[];
}

/** What a provider said instead of an answer; `message` has no secret in it. */
export interface ProviderError {
  /** HTTP status. */
  readonly status: number;
  readonly message: string;
}

/**
 * One line to a model for one attempt: the only way out that an agent has. The provider's key stays on our side of it,
 * and every call is metered before and after.
 */
export interface ModelLine {
  /** Path of a unix socket that speaks the provider's HTTP API; it can be bound into a sandbox. */
  readonly socketPath: string;
  /** Stands for the provider's key on this line, and is worth nothing anywhere else. */
  readonly token: string;
  /** What the attempt had used when this line was opened: it may have been begun before, and interrupted. */
  readonly usedBefore: Usage;
  /** Used through this line so far. */
  usage(): Usage;
  /** How many answers of models there were so far. */
  answers(): number;
  /** Whether a call is under way, so that whoever made it waits. */
  isAsked(): boolean;
  /** Why the last call that was passed on had no answer; null when it had one, or is under way. */
  lastError(): ProviderError | null;
  /** The budgets of the request that were nearly used up after the last call, or entirely. */
  nearlyUsedUp(): readonly BudgetStanding[];
  /** Why calls are refused by now; null while they are not. The provider's word stands until it answers again; a
   * short wait that it asks for is none. */
  refusal(): ModelRefusal | null;
  /** Ends calls under way and removes the socket. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens lines to the provider that the operator has configured. */
export interface ModelGateway {
  open(request: ModelLineRequest): Promise<ModelLine>;
}
