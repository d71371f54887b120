import type { Run } from '../domain/run.ts';

/** The stored runs: what status, pages and intents look at. */
export interface Runs {
  /** Writes the run as it is now. A queued run is only ever inserted: it never overwrites what has begun. */
  save(run: Run): Promise<void>;
  find(id: string): Promise<Run | null>;
  /** The newest run of a subject that has not ended, else the newest ended one, else null. */
  latest(subjectKey: string): Promise<Run | null>;
  /** All runs of a subject that have not ended, oldest first. */
  open(subjectKey: string): Promise<readonly Run[]>;
}
