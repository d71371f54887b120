import { z } from 'zod';
import type { Run } from '../domain/run.ts';
import { runSchema } from '../domain/run.ts';
import { UnreadableRunError } from '../ports/runs.ts';

/** A row of `baton.runs`, as far as the run is in it. */
export interface RunRow {
  readonly id: string;
  readonly order: unknown;
  readonly progress: unknown;
}

/**
 * Puts a run together again.
 * @throws UnreadableRunError with the faults when the row does not hold a run.
 */
export function readRunRow(row: RunRow): Run {
  const progress = z.record(z.string(), z.unknown()).safeParse(row.progress);
  const run = runSchema.safeParse({ ...progress.data, order: row.order });
  if (!run.success) {
    throw new UnreadableRunError(
      `run ${row.id} (table baton.runs) cannot be read: ${z.prettifyError(run.error)}\nIt was written by another ` +
        'version of Baton or changed by hand. Go back to that version, mend the row, or end the run with /baton cancel on its issue.',
    );
  }
  return run.data;
}
