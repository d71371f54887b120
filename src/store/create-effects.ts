import { setTimeout as sleep } from 'node:timers/promises';
import type { Effect, Effects } from '../ports/effects.ts';
import { takeTurn } from './effect-rows.ts';
import type { Transmission } from './transmit-effect.ts';
import { transmitEffect } from './transmit-effect.ts';

/** The effect ledger on Postgres: two statements per effect when nothing goes wrong. */
export function createEffects(transmission: Transmission): Effects {
  const underWay = new Map<string, Promise<unknown>>();
  return {
    async ensure<Result>(effect: Effect<Result>): Promise<Result> {
      // The row keeps other processes out; it cannot tell two callers in this one apart.
      while (underWay.has(effect.key)) {
        await underWay.get(effect.key);
      }
      const work = settle(effect, transmission);
      underWay.set(effect.key, Promise.allSettled([work]));
      try {
        return await work;
      } finally {
        underWay.delete(effect.key);
      }
    },
  };
}

async function settle<Result>(effect: Effect<Result>, transmission: Transmission): Promise<Result> {
  const { ledger, lease, patience } = transmission;
  await lease.assertHeld();
  for (let waited = 0; waited <= patience.giveUpAfterMs; waited += patience.pollMs) {
    const turn = await takeTurn(ledger, effect);
    switch (turn.kind) {
      case 'done':
        // What is recorded under a key was returned by this effect's own `send` or `lookUp`.
        return turn.result as Result;
      case 'unsent':
      case 'open':
        return transmitEffect(effect, turn.kind, transmission);
      case 'busy':
        await sleep(patience.pollMs);
    }
  }
  throw new Error(
    `${effect.kind} ${effect.key}: other processes have been sending it for ${patience.giveUpAfterMs / 1000} s. ` +
      'See the rows of that key in baton.effects, and whether a replica hangs.',
  );
}
