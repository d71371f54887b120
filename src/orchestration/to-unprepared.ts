import type { Intent } from '../domain/intent.ts';
import type { Steer } from '../domain/steer.ts';
import type { SteeringAsk } from './steering.ts';

/**
 * What can be asked of a run of which nothing is known, because it depends on nothing: a person wants no more of it. It
 * goes on by its record, which is not the row that cannot be read, and holds its place in the queue of its subject until
 * it ends. Null for all else.
 */
export function toUnprepared({ source }: Intent, ask: SteeringAsk): Steer | null {
  return ask.kind === 'cancel' && source.kind !== 'withdrawal' ? ask : null;
}
