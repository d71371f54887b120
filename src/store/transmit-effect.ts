import { setTimeout as sleep } from 'node:timers/promises';
import type { Effect } from '../ports/effects.ts';
import { RefusedError } from '../ports/effects.ts';
import type { Lease } from '../ports/lease.ts';
import type { EffectLedger } from './effect-rows.ts';
import { clearEffect, finishEffect, releaseEffect } from './effect-rows.ts';
import { isAbort, lookUpEffect } from './look-up-effect.ts';
import type { Patience } from './patience.ts';

/** What the transmission of effects needs. */
export interface Transmission {
  readonly ledger: EffectLedger;
  readonly lease: Lease;
  readonly patience: Patience;
}

/** How an effect stands that is not settled yet. */
type Standing =
  | { readonly kind: 'unsent'; readonly sendsLeft: number }
  /** It may have happened. */
  | { readonly kind: 'open'; readonly sendsLeft: number; readonly cause?: unknown };

type Answer<Result> =
  | { readonly kind: 'happened'; readonly result: Result }
  | { readonly kind: 'refused' | 'stopped' | 'unclear'; readonly error: unknown };

const MAX_SENDS = 2;

/**
 * Sends an effect whose row this process owns. `open`: it may have happened before. Then, and after every unclear
 * answer, it is looked up, and sent only when absent. When that settles nothing the row stays, owned by nobody, so that
 * the next one to ask looks first.
 */
export async function transmitEffect<Result>(
  effect: Effect<Result>,
  kind: 'unsent' | 'open',
  transmission: Transmission,
): Promise<Result> {
  try {
    return await attempt(effect, { kind, sendsLeft: MAX_SENDS }, transmission);
  } catch (error) {
    // Without a database this process can still ask for it again, and others when it has ended.
    await releaseEffect(transmission.ledger, effect.key).catch(() => undefined);
    throw error;
  }
}

async function attempt<Result>(
  effect: Effect<Result>,
  standing: Standing,
  transmission: Transmission,
): Promise<Result> {
  const { ledger, lease, patience } = transmission;
  const found = standing.kind === 'open' ? await lookUpEffect(effect, patience) : null;
  if (found !== null) {
    await finishEffect(ledger, effect.key, found);
    return found;
  }
  if (standing.kind === 'open' && standing.sendsLeft === 0) {
    throw toUncertainError(effect, standing.cause);
  }
  await lease.assertHeld();
  const answer = await send(effect);
  switch (answer.kind) {
    case 'happened':
      await finishEffect(ledger, effect.key, answer.result);
      return answer.result;
    case 'refused':
      return settleRefusal(effect, { standing, error: answer.error }, transmission);
    case 'stopped':
      throw answer.error;
    case 'unclear': {
      await sleep(patience.settleMs);
      const sendsLeft = standing.sendsLeft - 1;
      return attempt(effect, { kind: 'open', sendsLeft, cause: answer.error }, transmission);
    }
  }
}

async function send<Result>(effect: Effect<Result>): Promise<Answer<Result>> {
  try {
    return { kind: 'happened', result: await effect.send() };
  } catch (error) {
    if (isAbort(error)) {
      return { kind: 'stopped', error };
    }
    return { kind: error instanceof RefusedError ? 'refused' : 'unclear', error };
  }
}

/** A second send can be refused because the first one did arrive ("already exists"), so an open effect is looked up. */
async function settleRefusal<Result>(
  effect: Effect<Result>,
  refusal: { readonly standing: Standing; readonly error: unknown },
  { ledger, patience }: Transmission,
): Promise<Result> {
  const found = refusal.standing.kind === 'open' ? await lookUpEffect(effect, patience) : null;
  if (found === null) {
    await clearEffect(ledger, effect.key);
    throw refusal.error;
  }
  await finishEffect(ledger, effect.key, found);
  return found;
}

function toUncertainError(effect: Effect<unknown>, cause: unknown): Error {
  return new Error(
    `${effect.kind} ${effect.key}: sent ${MAX_SENDS} times without a clear answer, and it cannot be found. ` +
      'It is looked up first when it is tried again.',
    { cause },
  );
}
