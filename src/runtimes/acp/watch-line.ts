import type { ModelLine, ProviderError } from '../../ports/model-gateway.ts';
import { type Failure, toTooManyTurns } from '../parts/failure.ts';
import { toRefused, toStatusFailure } from '../parts/provider-failure.ts';

/** How often the line is looked at, in milliseconds: agents wait and ask again without a word, or do not go on at all. */
const EVERY_MS = 500;

/** How long an agent may take to ask again after an error, in milliseconds: one that stays, and one that passes. */
const PATIENCE_MS = { lasting: 5000, passing: 120_000 } as const;

/** An eye on what an agent asks its models. */
export interface LineWatch {
  /** Resolves with why it is not to go on: its calls are refused or come to nothing, or there were too many answers. */
  readonly over: Promise<Failure>;
  close(): void;
}

export function watchLine(
  line: Pick<ModelLine, 'answers' | 'refusal' | 'lastError'>,
  mostTurns: number,
): LineWatch {
  const { promise, resolve } = Promise.withResolvers<Failure>();
  const standing = { error: null as ProviderError | null, sinceMs: 0 };

  function findFailure(): Failure | null {
    const refusal = line.refusal();
    if (refusal !== null) {
      return toRefused(refusal);
    }
    return line.answers() > mostTurns ? toTooManyTurns(mostTurns) : findStandstill();
  }

  function findStandstill(): Failure | null {
    const error = line.lastError();
    if (error !== standing.error) {
      Object.assign(standing, { error, sinceMs: performance.now() });
    }
    return error !== null && performance.now() - standing.sinceMs > patienceWith(error)
      ? toStatusFailure(error.status, error.message)
      : null;
  }

  const timer = setInterval(() => {
    const failure = findFailure();
    if (failure !== null) {
      resolve(failure);
    }
  }, EVERY_MS);
  return { over: promise, close: () => clearInterval(timer) };
}

function patienceWith({ status }: ProviderError): number {
  const isPassing = status >= 500 || status === 408 || status === 429;
  return isPassing ? PATIENCE_MS.passing : PATIENCE_MS.lasting;
}
