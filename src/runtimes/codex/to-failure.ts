import { z } from 'zod';
import type { ModelRefusal } from '../../domain/model-refusal.ts';
import { type Failure, failed, failedForNow, toModelRefused } from '../parts/failure.ts';
import { clip, toRefused, toStatusFailure } from '../parts/provider-failure.ts';
import type { TurnError } from './notice.ts';

/** Codex names some answers of a provider, and gives the status of others: `{ httpConnectionFailed: { httpStatusCode } }`. */
const infoSchema = z.union([
  z.string(),
  z
    .record(z.string(), z.object({ httpStatusCode: z.int().nullish() }))
    .transform((variants) => Object.values(variants)[0]?.httpStatusCode ?? null),
]);

const STATUSES: Readonly<Record<string, number>> = {
  unauthorized: 401,
  badRequest: 400,
  usageLimitExceeded: 429,
  rateLimitExceeded: 429,
  serverOverloaded: 503,
  internalServerError: 500,
};

/** What a turn came to that did not end well. */
export function toTurnFailure(error: TurnError | null, refusal: ModelRefusal | null): Failure {
  if (refusal !== null) {
    return toRefused(refusal);
  }
  const words = error?.message ?? 'it did not say why';
  const info = infoSchema.safeParse(error?.codexErrorInfo).data ?? null;
  return typeof info === 'string' ? toNamedFailure(info, words) : toFailure(info ?? readStatus(words), words);
}

function toNamedFailure(info: string, words: string): Failure {
  switch (info) {
    case 'cyberPolicy':
    case 'misalignmentPolicyViolation':
      return toModelRefused();
    case 'contextWindowExceeded':
      return failed(
        'provider',
        'The model cannot take this much text.',
        'Make the issue smaller, or take another model.',
      );
    default:
      return toFailure(STATUSES[info] ?? readStatus(words), words);
  }
}

function toFailure(status: number | null, words: string): Failure {
  return status === null
    ? failedForNow('provider', `The model could not be asked: ${clip(words)}`, 'Retry the step.')
    : toStatusFailure(status, words);
}

/** Where Codex has no name for it, the status stands in its words: `unexpected status 404 Not Found: ...`. */
function readStatus(words: string): number | null {
  const [, status] = /\bstatus (\d{3})\b/.exec(words) ?? [];
  return status === undefined ? null : Number(status);
}
