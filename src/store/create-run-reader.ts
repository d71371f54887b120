import type { Run } from '../domain/run.ts';
import type { Log } from '../ports/log.ts';
import { type RunRow, readRunRow } from './read-run-row.ts';

/** A run of a list; null when the row holds none. */
export type RunReader = (row: RunRow) => Run | null;

/** Reads lists of runs: one that cannot be read must not keep the others from work. Each is told once, as an error. */
export function createRunReader(log: Log): RunReader {
  const told = new Set<string>();
  return (row) => {
    try {
      return readRunRow(row);
    } catch (error) {
      if (!told.has(row.id)) {
        told.add(row.id);
        log.error({ runId: row.id, error }, 'a stored run cannot be read; the others go on without it');
      }
      return null;
    }
  };
}
