/** One value of one metric, with the labels that tell it from others of that name. All labels are from closed sets. */
export interface Reading {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What is measured for all replicas together, and kept. */
export interface Measures {
  /** Adds to what is there. */
  add(readings: readonly Reading[]): Promise<void>;
  /**
   * All that is known of one run by now: `sums` count once however often they are told, `lasts` take the place of what
   * was there.
   */
  tell(
    runId: string,
    known: { readonly sums: readonly Reading[]; readonly lasts: readonly Reading[] },
  ): Promise<void>;
  read(): Promise<readonly Reading[]>;
  /** What is so at this moment, counted in the tables. */
  now(): Promise<readonly Reading[]>;
}
