import type { DLogger } from '@dbos-inc/dbos-sdk';
import type { Log } from '../ports/log.ts';

/** Said at each shutdown with the id of every waiting workflow, which can be thousands; they simply go on later. */
const SHUTDOWN_LIST = /^Shutting down while \d+ workflows are still running/;
/** Two processes reached for the same work; one of them has got it. */
const CONTENTION = /^(Contention detected|Increasing polling interval)/;

/** Lets DBOS speak through our log, one level lower where it tells the daily routine. */
export function toDbosLogger(log: Log): DLogger {
  return {
    debug: () => undefined,
    info(entry) {
      log.debug({ from: 'dbos' }, toText(entry));
    },
    warn(entry) {
      const text = toText(entry);
      if (CONTENTION.test(text)) {
        log.debug({ from: 'dbos' }, text);
      } else if (!SHUTDOWN_LIST.test(text)) {
        log.warn({ from: 'dbos' }, text);
      }
    },
    error(entry) {
      log.error({ from: 'dbos', error: entry }, toText(entry));
    },
  };
}

function toText(entry: unknown): string {
  if (entry instanceof Error) {
    return entry.message;
  }
  return typeof entry === 'string' ? entry : JSON.stringify(entry);
}
