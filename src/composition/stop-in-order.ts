import type { Log } from '../ports/log.ts';

/** One of the things that a stop ends. */
export interface StopPart {
  /** What the log calls it. */
  readonly name: string;
  stop(): Promise<void>;
}

/** Whether all ended by themselves. */
export type StopOutcome = 'in-order' | 'late';

/**
 * Ends one part after the other. One that fails is logged, and the next has its turn. After `withinMs` the log says which
 * part was not done; those after it are left to whoever asked.
 */
export async function stopInOrder(
  parts: readonly StopPart[],
  { withinMs, log }: { readonly withinMs: number; readonly log: Log },
): Promise<StopOutcome> {
  const late = Promise.withResolvers<StopOutcome>();
  const state = { current: '', isLate: false };
  const timer = setTimeout(() => {
    state.isLate = true;
    log.error(
      { part: state.current, withinMs },
      'the stop lasts too long; what is left is killed, and goes on from what is stored at the next start',
    );
    late.resolve('late');
  }, withinMs);
  async function stopAll(): Promise<StopOutcome> {
    for (const part of parts) {
      if (state.isLate) {
        break;
      }
      state.current = part.name;
      await part
        .stop()
        .catch((error: unknown) => log.warn({ error, part: part.name }, 'a part did not end in order'));
    }
    return 'in-order';
  }
  try {
    return await Promise.race([stopAll(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
