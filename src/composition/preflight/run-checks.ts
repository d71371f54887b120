import { setTimeout as delay } from 'node:timers/promises';
import { type Check, type Finding, fail, type Line, type Patient } from './check.ts';

/**
 * All are made side by side, so this is also how long the whole takes, in milliseconds. A busy machine needs several
 * seconds to start Node in a sandbox, and is not to be told that something is broken.
 */
const PATIENCE_MS = 15_000;

/** Makes the checks and gives what they found, in the order of the list. Never rejects: one that breaks is a FAIL. */
export async function runChecks(
  checks: readonly Check[],
  patient: Patient | null,
  patienceMs = PATIENCE_MS,
): Promise<readonly Finding[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      const lines = await runCheck(check, patient, patienceMs);
      return lines.map((line) => ({ ...line, check: check.name }));
    }),
  );
  return found.flat();
}

async function runCheck(check: Check, patient: Patient | null, patienceMs: number): Promise<readonly Line[]> {
  const enough = new AbortController();
  const late = delay(patienceMs, 'late' as const, { signal: enough.signal }).catch(() => 'late' as const);
  try {
    const lines = await Promise.race([perform(check, patient, enough.signal), late]);
    return lines === 'late' ? [toLate(patienceMs)] : lines;
  } catch (error) {
    return [toBroken(error)];
  } finally {
    enough.abort();
  }
}

/** A check of settings that are not there finds nothing: that they are wrong is said by whoever read them. */
async function perform(check: Check, patient: Patient | null, signal: AbortSignal): Promise<readonly Line[]> {
  if (check.of === 'machine') {
    return check.run();
  }
  return patient === null ? [] : check.run(patient, signal);
}

function toLate(patienceMs: number): Line {
  return fail(
    `did not answer within ${patienceMs / 1000} s`,
    'See whether the machine is overloaded or what is asked here hangs, and try again.',
  );
}

function toBroken(error: unknown): Line {
  const message = error instanceof Error ? error.message : String(error);
  return fail(message, 'Mend what the message names, and try again.');
}
