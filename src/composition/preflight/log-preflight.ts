import type { Logger } from 'pino';
import type { Settings } from '../../config/settings.ts';
import type { Sandbox } from '../../ports/sandbox.ts';
import { CHECKS } from './checks.ts';
import { runChecks } from './run-checks.ts';
import { toPatient } from './to-patient.ts';

/**
 * Tells the log what is not right with a server that has just started. What makes work impossible has stopped the
 * start before.
 */
export async function logPreflight(
  settings: Settings,
  { log, sandbox }: { readonly log: Logger; readonly sandbox: Sandbox },
): Promise<void> {
  const opened = toPatient(settings, { log, running: sandbox });
  try {
    const checks = CHECKS.filter(({ notAtStart }) => notAtStart !== true);
    for (const finding of await runChecks(checks, opened.patient)) {
      if (finding.level !== 'ok') {
        const { check, text, remedy } = finding;
        log[finding.level === 'fail' ? 'error' : 'warn']({ check, found: text, remedy }, 'preflight');
      }
    }
  } finally {
    await opened.close();
  }
}
