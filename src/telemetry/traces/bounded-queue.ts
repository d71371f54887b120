/** A queue that never holds more than so many; what does not fit is dropped and counted. */
export interface BoundedQueue<Item> {
  push(item: Item): void;
  /** Waits until what is in it now has been handed over or given up. */
  drain(): Promise<void>;
}

interface QueueOptions<Item> {
  readonly most: number;
  readonly batch: number;
  /** How long the first of a batch waits for others, in milliseconds. */
  readonly lingerMs: number;
  /** Hands a batch over, one batch at a time. A batch that it rejects is lost, and counted as dropped. */
  readonly send: (items: readonly Item[]) => Promise<void>;
  readonly onDropped: (count: number) => void;
}

/** Items are handed over in batches, while whoever pushes goes on. */
export function createBoundedQueue<Item>(options: QueueOptions<Item>): BoundedQueue<Item> {
  const { most, batch, lingerMs, send, onDropped } = options;
  let waiting: Item[] = [];
  let sending: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  function schedule(): void {
    if (sending === null && timer === null && waiting.length > 0) {
      timer = setTimeout(flush, waiting.length >= batch ? 0 : lingerMs);
      // What waits here keeps no process alive; whoever ends in order drains.
      timer.unref();
    }
  }

  function flush(): void {
    if (timer !== null) {
      clearTimeout(timer);
      timer = null;
    }
    if (sending !== null || waiting.length === 0) {
      return;
    }
    const items = waiting.slice(0, batch);
    waiting = waiting.slice(batch);
    sending = send(items)
      .catch(() => onDropped(items.length))
      .finally(() => {
        sending = null;
        schedule();
      });
  }

  return {
    push(item) {
      if (waiting.length >= most) {
        onDropped(1);
        return;
      }
      waiting.push(item);
      schedule();
    },
    async drain() {
      while (waiting.length > 0 || sending !== null) {
        flush();
        await sending;
      }
    },
  };
}
