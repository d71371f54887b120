import type { Run } from '../domain/run.ts';
import { type Runs, UnreadableRunError } from '../ports/runs.ts';

/** A run for whoever can go on without it: one that cannot be read must not hold up what is not about it alone. */
export async function tryToFindRun(id: string, runs: Pick<Runs, 'find'>): Promise<Run | 'unreadable' | null> {
  try {
    return await runs.find(id);
  } catch (error) {
    if (error instanceof UnreadableRunError) {
      return 'unreadable';
    }
    throw error;
  }
}
