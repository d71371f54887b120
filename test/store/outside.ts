import type { Effect } from '../../src/ports/effects.ts';
import { RefusedError } from '../../src/ports/effects.ts';

/** How the outside treats one send. */
export type Treatment = 'accept' | 'accept-then-reset' | 'reset' | 'refuse' | 'stop';

/** A host that writes are sent to: it counts what reaches it, and answers as told. */
export function createOutside(treatments: readonly Treatment[] = []) {
  const queue = [...treatments];
  const outside = {
    sends: 0,
    lookUps: 0,
    /** Failures the next look-ups meet. */
    brokenLookUps: 0,
    written: null as { id: number } | null,
    effect(key: string): Effect<{ id: number }> {
      return { key, kind: 'comment', runId: 'run-1', send, lookUp };
    },
  };

  async function send(): Promise<{ id: number }> {
    await new Promise(setImmediate);
    const treatment = queue.shift() ?? 'accept';
    outside.sends += 1;
    if (treatment === 'refuse') {
      throw new RefusedError('422 no such issue');
    }
    if (treatment === 'stop') {
      throw new DOMException('the run was cancelled', 'AbortError');
    }
    const written = { id: outside.sends };
    outside.written = treatment === 'reset' ? outside.written : written;
    if (treatment !== 'accept') {
      throw new Error('socket hang up');
    }
    return written;
  }

  async function lookUp(): Promise<{ id: number } | null> {
    await new Promise(setImmediate);
    outside.lookUps += 1;
    if (outside.brokenLookUps > 0) {
      outside.brokenLookUps -= 1;
      throw new Error('502 bad gateway');
    }
    return outside.written;
  }

  return outside;
}
