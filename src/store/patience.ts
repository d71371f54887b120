/** How long the ledger waits for whom. Milliseconds. */
export interface Patience {
  /** Between an answer that leaves it open whether the write happened and the look-up: what is under way may land. */
  readonly settleMs: number;
  /** Before each repeated try of a look-up that failed. */
  readonly lookUpRetriesMs: readonly number[];
  /** Between two looks at an effect that another process is sending. */
  readonly pollMs: number;
  /** After this an owner is not waited for any longer. No send may take longer. */
  readonly takeOverAfterMs: number;
  /** After this an effect that others keep sending is given up. */
  readonly giveUpAfterMs: number;
}

export const PATIENCE: Patience = {
  settleMs: 1_000,
  lookUpRetriesMs: [500, 2_000, 5_000],
  pollMs: 200,
  takeOverAfterMs: 120_000,
  giveUpAfterMs: 300_000,
};
