/** So many turns in any stretch of so many milliseconds. */
export interface TurnLimit {
  readonly count: number;
  readonly perMs: number;
}

/** Who may make content on GitHub when: its limits count for an installation, whichever process asks. */
export interface ContentTurns {
  /** Takes the next turn of the installation, and says how long to wait for it, in milliseconds. A turn is not given back. */
  take(installationId: number, limits: readonly TurnLimit[]): Promise<number>;
}
