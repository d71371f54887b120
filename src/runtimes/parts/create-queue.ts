/** What one part adds and another one takes, in order. */
export interface Queue<Item> {
  /** To be read once; over when the queue is closed and empty. */
  readonly items: AsyncIterable<Item>;
  add(item: Item): void;
  close(): void;
}

export function createQueue<Item>(): Queue<Item> {
  const waiting: Item[] = [];
  const state = { isOpen: true, wake: (): void => undefined };
  async function* read(): AsyncGenerator<Item> {
    for (;;) {
      yield* waiting.splice(0);
      if (waiting.length === 0 && !state.isOpen) {
        return;
      }
      if (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          state.wake = resolve;
        });
      }
    }
  }
  return {
    items: read(),
    add(item) {
      waiting.push(item);
      state.wake();
    },
    close() {
      state.isOpen = false;
      state.wake();
    },
  };
}
