/** Which limits a call waits for, besides the limit on all calls together. */
export interface CallLimits {
  readonly role: string;
  /** Repository id. Among waiting calls of a role, those of the repository with the fewest calls under way come first. */
  readonly repository: string;
}

/** One performance of the registered procedure. */
export interface Call {
  readonly name: string;
  /** Plain JSON data. */
  readonly input: unknown;
  readonly limits: CallLimits;
}

/**
 * The durable side of one workflow execution: what it has done is remembered, so after a crash the same code
 * runs again and gets the same answers. Calls must be made in a deterministic order.
 */
export interface Durable {
  /**
   * Does `work` and remembers its result (plain JSON data). Work in flight at a crash is done again, so it must be
   * idempotent. The signal fires when the workflow is aborted or the process stops; what the work answers to a stop is
   * not remembered, it is done again elsewhere.
   */
  step<Result>(name: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /**
   * Performs the registered procedure once per call, side by side, as far as the limits allow (all calls, then those
   * of a role), possibly in other processes. Each answer is `aborted` when its call was stopped by an abort.
   */
  callAll<Result>(calls: readonly Call[]): Promise<readonly (Result | 'aborted')[]>;
  /** The next message to this workflow, waiting up to `waitMs` (0: only what is there; null: for ever); null when none came. */
  receive(waitMs: number | null): Promise<unknown>;
  /** Waits, also across crashes. */
  sleep(waitMs: number): Promise<void>;
}

/**
 * What is on record of a workflow does not fit its code, be it what it has done or what it was started with: by a fault
 * of ours, or since another version has begun it. It cannot go on, so whatever it asks after that is refused, too.
 */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}
