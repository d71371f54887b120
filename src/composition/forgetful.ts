import { setTimeout as delay } from 'node:timers/promises';
import type { Durable } from '../ports/durable.ts';

/** Steps of which nothing is remembered. */
export type Forgetful = Pick<Durable, 'step' | 'sleep'>;

/**
 * For what ends a workflow whose record does not fit any more: nothing of it is remembered, so it must be repeatable. Once
 * the server is told to end it goes no further, as a workflow of the engine does: the next start does it anew.
 */
export function createForgetful(ending: AbortSignal): Forgetful {
  return {
    step: (_name, work) => (ending.aborted ? never() : work(ending)),
    sleep: (waitMs) => delay(waitMs, undefined, { signal: ending }).catch(never),
  };
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}
