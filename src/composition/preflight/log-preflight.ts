import type { Logger } from 'pino';
import type { Settings } from '../../config/settings.ts';
import type { Sandbox } from '../../ports/sandbox.ts';
import { CHECKS } from './checks.ts';
import { runChecks } from './run-checks.ts';
import { toPatient } from './to-patient.ts';

/**
 * Tells the log what is not right with a server that has just started. What makes work impossible has stopped the
 * start before. Never rejects.
 */
export async function logPreflight(
  settings: Settings,
  { log, sandbox }: { readonly log: Logger; readonly sandbox: Sandbox },
): Promise<void> {
  const opened = toPatient(settings, sandbox);
  const checks = CHECKS.filter(({ notAtStart }) => notAtStart !== true);
  for (const finding of await runChecks(checks, opened.patient)) {
    if (finding.level !== 'ok') {
      const { check, text, remedy } = finding;
      log[finding.level === 'fail' ? 'error' : 'warn']({ check, found: text, remedy }, 'preflight');
    }
  }
  await opened.close().catch((error: unknown) => log.warn({ error }, 'the preflight did not end well'));
}
