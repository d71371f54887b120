/** One write to the outside, under a key made of its meaning. */
export interface Effect<Result> {
  /** Unique per effect, such as `run/step/kind/ordinal`. */
  readonly key: string;
  /** For the audit trail: comment, check-run, push, ... */
  readonly kind: string;
  readonly runId: string | null;
  /** Finds the write if it has already happened; null when it has not. Asked only after an ambiguous outcome. */
  lookUp(): Promise<Result | null>;
  /**
   * Does the write. Throws `RefusedError` when it certainly did not happen; any other error leaves that open, so no
   * transport below may re-send it. It must end by itself, since nobody else sends it while this process lives: every
   * request and every git command has a time limit.
   */
  send(): Promise<Result>;
}

/** The effect ledger: every write happens at most once in effect, whatever crashes when. */
export interface Effects {
  /**
   * Returns the recorded result (plain JSON data), or does the write and records it. After a crash, a time-out or an
   * answer that leaves it open whether the write happened, it looks first and sends only when the write is absent.
   * Throws `RefusedError` when the write was refused; any other error means: ask again, and it will look first.
   */
  ensure<Result>(effect: Effect<Result>): Promise<Result>;
}

/** The other side refused the write (an answer 4xx): it did not happen, and sending the same again will not help. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}
