import type { Excess } from './excess.ts';

/** What keeps an eye on one process and all that it starts. */
export interface Guard {
  /**
   * Called once the process has ended: stops looking, and tells what it went over; null for nothing. Where the work was
   * `complete` it takes a last look, which may take long; of what was `given-up` nobody wants to know more.
   */
  close(work: 'complete' | 'given-up'): Promise<Excess | null>;
}

/** Opens a guard for a process that has just been started. `end` is called at most once, and ends it with all it has started. */
export type OpenGuard = (process: { readonly status: () => string; end(): void }) => Guard;
