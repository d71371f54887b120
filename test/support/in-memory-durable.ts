import type { Durable } from '../../src/ports/durable.ts';

/** Durable execution without a database: what was done is kept in `journal`, so a second execution replays it. */
export interface InMemoryDurable extends Durable {
  readonly journal: unknown[];
  /** Milliseconds asked of `sleep`, in order. */
  readonly sleeps: number[];
  send(message: unknown): void;
}

/** `call` performs the procedure with a signal that `abort` fires. */
export function createInMemoryDurable(
  procedure: (input: unknown) => Promise<unknown>,
  journal: unknown[] = [],
): InMemoryDurable {
  const mailbox: unknown[] = [];
  const sleeps: number[] = [];
  let position = 0;
  async function once<Result>(work: () => Promise<Result>): Promise<Result> {
    const index = position++;
    if (index >= journal.length) {
      journal.push(structuredClone(await work()));
    }
    // Written by an earlier execution of the same code at the same place.
    return journal[index] as Result;
  }
  return {
    journal,
    sleeps,
    send: (message) => void mailbox.push(message),
    step: (_name, work) => once(() => work(new AbortController().signal)),
    callAll: (calls) => once(() => Promise.all(calls.map(({ input }) => procedure(input)))) as Promise<never>,
    receive: (waitMs) =>
      once(async () => {
        if (mailbox.length === 0 && waitMs === null) {
          throw new Error('the workflow waits for a message that nobody will send');
        }
        return mailbox.shift() ?? null;
      }),
    sleep: (ms) => once(async () => void sleeps.push(ms)).then(() => {}),
  };
}
