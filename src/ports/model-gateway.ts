import type { Usage } from './agent-runtime.ts';

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
  /** Used through this line so far. */
  usage(): Usage;
  /** Why calls are refused by now; null while they are not. */
  refusal(): ModelRefusal | null;
  /** Ends calls under way and removes the socket. Safe to call twice. */
  close(): Promise<void>;
}

/** Why a call was not passed on. */
export type ModelRefusal =
  | { readonly kind: 'budget'; readonly scope: 'run' | 'subject' | 'repository' | 'day'; readonly message: string }
  /** The provider has no quota left for us; `until` is an ISO time, null when it does not say. */
  | { readonly kind: 'quota'; readonly until: string | null; readonly message: string };

/** Opens lines to the provider that the operator has configured. */
export interface ModelGateway {
  open(request: ModelLineRequest): Promise<ModelLine>;
}
