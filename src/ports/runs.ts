import type { Run } from '../domain/run.ts';

/** The stored runs: what status, pages and intents look at. */
export interface Runs {
  /** Writes the run as it is now. A queued run is only ever inserted: it never overwrites what has begun. */
  save(run: Run): Promise<void>;
  /**
   * Lists leave out what cannot be read.
   * @throws UnreadableRunError when the run cannot be read.
   */
  find(id: string): Promise<Run | null>;
  /** Whether there is such a run, also when it cannot be read. */
  exists(id: string): Promise<boolean>;
  /** Whether there is such a run and it has ended, also when it cannot be read. */
  hasEnded(id: string): Promise<boolean>;
  /** The newest run of a subject that has not ended, else the newest ended one, else null; of those that can be read. */
  latest(subjectKey: string): Promise<Run | null>;
  /** The run of a subject that works on a branch of its own by this name; null when there is none. */
  onBranch(subjectKey: string, branch: string): Promise<Run | null>;
  /** All runs of a subject that have not ended and can be read, oldest first. */
  open(subjectKey: string): Promise<readonly Run[]>;
  /** Those that have not ended and cannot be read, oldest first: another version wrote them, or they are damaged. */
  unreadable(subjectKey: string): Promise<readonly UnreadableRun[]>;
  /** Ends one of which nothing can be read, so that it does not look alive for ever. */
  endUnreadable(id: string): Promise<void>;
  /** Whether a run that has not ended does this workflow on this commit, also when it cannot be read. */
  isJudging(
    subjectKey: string,
    what: { readonly workflow: string; readonly headSha: string },
  ): Promise<boolean>;
}

/** What is known of a run that cannot be read. */
export interface UnreadableRun {
  readonly id: string;
  /** ISO time. By GitHub's clock; when it was first kept where that cannot be read, either. */
  readonly requestedAt: string;
}

/** What is stored of a run is none: another version of Baton wrote it, or it is damaged. The message says what to do. */
export class UnreadableRunError extends Error {
  override readonly name = 'UnreadableRunError';
}
