/**
 * The right of this process to act. A replica that was presumed dead has lost it, and finds out here
 * before its next write leaves.
 */
export interface Lease {
  /** Returns when this process may write now; throws `LeaseLostError` when another replica has taken over. */
  assertHeld(): Promise<void>;
  /** Tells the processes apart; absent where there is only one. */
  readonly holders?: LeaseHolders;
}

/** The processes that hold a lease, or held one. */
export interface LeaseHolders {
  /** Name of this process, which no other process ever has. */
  readonly self: string;
  /** Whether that process has lost its lease for good, so that nothing it began will be sent any more. */
  hasLost(holder: string): Promise<boolean>;
}

export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** Whether nothing was done because this process must not write any more. Octokit wraps what stopped a request. */
export function isLeaseLost(error: unknown): boolean {
  return (
    error instanceof LeaseLostError ||
    (error instanceof Error && error.cause !== undefined && isLeaseLost(error.cause))
  );
}
