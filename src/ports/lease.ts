/**
 * The right of this process to act. A replica that was presumed dead has lost it, and finds out here
 * before its next write leaves.
 */
export interface Lease {
  /** Returns when this process may write now; throws `LeaseLostError` when another replica has taken over. */
  assertHeld(): Promise<void>;
}

export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}
