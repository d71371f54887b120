import type { CommandResult } from '../../domain/evidence.ts';
import { type Failure, failed, failedForNow } from './failure.ts';
import { clip } from './provider-failure.ts';

/** What it comes to that a program could not go on; `end` is how it ended, when it has. */
export function toCrash(program: string, error: unknown, end: CommandResult | null): Failure {
  if (end?.kind === 'unavailable') {
    return failed('sandbox', end.reason, end.remedy);
  }
  if (end?.kind === 'over-limit') {
    return failedForNow('crash', `${program} was killed: ${end.reason}`, end.remedy);
  }
  const words = end === null || end.output.trim() === '' ? String(error) : end.output.trim();
  return failedForNow('crash', `${program} could not go on: ${clip(words)}`, 'Retry the step.');
}
