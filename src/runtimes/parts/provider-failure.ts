import type { ModelRefusal } from '../../domain/model-refusal.ts';
import { type Failure, failed, failedForNow } from './failure.ts';

const MOST_LENGTH = 300;

/** A call that the gateway refused. */
export function toRefused({ kind, message, until }: ModelRefusal): Failure {
  const wait = until === null ? '' : ` It is over at ${until}.`;
  return kind === 'budget'
    ? failed('budget', message, `Raise the budget and retry.${wait}`)
    : failedForNow('quota', message, `Retry when the provider has a quota for us again.${wait}`);
}

/** An answer of the provider that is none. Its own words are shown only where they cannot have a part of the key in them. */
export function toStatusFailure(status: number, message: string): Failure {
  switch (status) {
    case 401:
    case 403:
      return failed(
        'provider',
        `The provider of models does not let us in (${status}).`,
        'Check the API key of the provider, and that it may use this model.',
      );
    case 404:
      return failed(
        'provider',
        `The provider of models does not know what was asked for (404): ${clip(message)}`,
        "Check the name of the model and the provider's URL.",
      );
    case 429:
      return failedForNow(
        'provider',
        'The provider of models was asked too much (429).',
        'Retry later, or let fewer agents work at the same time.',
      );
    default:
      return toOtherFailure(status, message);
  }
}

function toOtherFailure(status: number, message: string): Failure {
  if (status >= 500) {
    return failedForNow('provider', `The provider of models is in trouble (${status}).`, 'Retry later.');
  }
  return status < 300
    ? failedForNow(
        'provider',
        'The provider of models gave an answer that is none.',
        "Retry; if it happens again, check the provider's URL.",
      )
    : failed(
        'provider',
        `The provider of models refused the call (${status}): ${clip(message)}`,
        'Check that the model can use tools and take this much text.',
      );
}

/** What others say can be long. */
export function clip(text: string): string {
  return text.length <= MOST_LENGTH ? text : `${text.slice(0, MOST_LENGTH)}...`;
}
