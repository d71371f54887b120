import { APICallError } from 'ai';
import type { ModelRefusal } from '../../domain/model-refusal.ts';
import { type Failure, failedForNow } from '../parts/failure.ts';
import { clip, toRefused, toStatusFailure } from '../parts/provider-failure.ts';

/** What a call to the model came to that gave no answer. */
export function toProviderFailure(error: unknown, refusal: ModelRefusal | null): Failure {
  if (refusal !== null) {
    return toRefused(refusal);
  }
  if (APICallError.isInstance(error) && error.statusCode !== undefined) {
    return toStatusFailure(error.statusCode, error.message);
  }
  if (APICallError.isInstance(error) || isFromNetwork(error)) {
    return failedForNow(
      'provider',
      `The model could not be reached: ${clip(toWords(error))}`,
      'Retry the step.',
    );
  }
  return failedForNow('crash', `The runtime could not go on: ${clip(toWords(error))}`, 'Retry the step.');
}

function isFromNetwork(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

function toWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
