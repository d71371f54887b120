/** How often, and after how long, what crashes is started again. */
export interface RestartRules {
  readonly maxRestarts: number;
  /** Before the first restart; each further one waits twice as long. Milliseconds. */
  readonly backOffMs: number;
}

/** What follows a crash. */
export type AfterCrash = { readonly kind: 'restart'; readonly waitMs: number } | { readonly kind: 'give-up' };

/** `crashes` counts this one. */
export function afterCrash(crashes: number, { maxRestarts, backOffMs }: RestartRules): AfterCrash {
  return crashes > maxRestarts
    ? { kind: 'give-up' }
    : { kind: 'restart', waitMs: backOffMs * 2 ** (crashes - 1) };
}
