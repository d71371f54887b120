/** How long the ledger waits for whom. Milliseconds. */
export interface Patience {
  /** Between an answer that leaves it open whether the write happened and the look-up: what is under way may land. */
  readonly settleMs: number;
  /** Before each repeated try of a look-up that failed. */
  readonly lookUpRetriesMs: readonly number[];
  /** Between two looks at an effect that another process is sending. */
  readonly pollMs: number;
  /** After this an effect that another process keeps sending is given up for now. It is never sent in its place. */
  readonly giveUpAfterMs: number;
}

export const PATIENCE: Patience = {
  settleMs: 1_000,
  lookUpRetriesMs: [500, 2_000, 5_000],
  pollMs: 200,
  giveUpAfterMs: 300_000,
};
