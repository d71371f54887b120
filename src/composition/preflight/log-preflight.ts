import type { Logger } from 'pino';
import type { Settings } from '../../config/settings.ts';
import { CHECKS } from './checks.ts';
import { runChecks } from './run-checks.ts';
import { type Running, toPatient } from './to-patient.ts';

interface Telling {
  readonly log: Logger;
  readonly running: Running;
  /** The server has been told to end. */
  readonly stopping: AbortSignal;
}

/**
 * Tells the log what is not right with a server that has just started. What makes work impossible has stopped the
 * start before, and once the server is told to end nothing is told any more. Never rejects.
 */
export async function logPreflight(settings: Settings, { log, running, stopping }: Telling): Promise<void> {
  const opened = toPatient(settings, running);
  const checks = CHECKS.filter(({ notAtStart }) => notAtStart !== true);
  for (const finding of await runChecks(checks, opened.patient)) {
    if (finding.level !== 'ok' && !stopping.aborted) {
      const { check, text, remedy } = finding;
      log[finding.level === 'fail' ? 'error' : 'warn']({ check, found: text, remedy }, 'preflight');
    }
  }
  await opened.close().catch((error: unknown) => log.warn({ error }, 'the preflight did not end well'));
}
