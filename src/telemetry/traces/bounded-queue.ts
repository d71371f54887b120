/** A queue that never holds more than so many; what does not fit is dropped and counted. */
export interface BoundedQueue<Item> {
  push(item: Item): void;
  /** Waits until what is in it has been handed over or given up, about twice as long as one batch may take. */
  drain(): Promise<void>;
}

interface QueueOptions<Item> {
  readonly most: number;
  readonly batch: number;
  /** How long the first of a batch waits for others, in milliseconds. */
  readonly lingerMs: number;
  /** How long a batch may take to be handed over, in milliseconds; then it counts as dropped, and the next is sent. */
  readonly sendWithinMs: number;
  /** Hands a batch over, one batch at a time. A batch that it rejects is lost, and counted as dropped. */
  readonly send: (items: readonly Item[]) => Promise<void>;
  /** `why`: in words, for the operator. */
  readonly onDropped: (count: number, why: string) => void;
}

/** Items are handed over in batches, while whoever pushes goes on. */
export function createBoundedQueue<Item>(options: QueueOptions<Item>): BoundedQueue<Item> {
  const { most, batch, lingerMs, sendWithinMs, send, onDropped } = options;
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
    sending = inTime(send(items), sendWithinMs)
      .catch((error: unknown) => onDropped(items.length, toWords(error)))
      .finally(() => {
        sending = null;
        schedule();
      });
  }

  return {
    push(item) {
      if (waiting.length >= most) {
        onDropped(1, `${most} wait already`);
        return;
      }
      waiting.push(item);
      schedule();
    },
    async drain() {
      const untilMs = performance.now() + sendWithinMs;
      while ((waiting.length > 0 || sending !== null) && performance.now() < untilMs) {
        flush();
        await sending;
      }
      if (waiting.length > 0) {
        onDropped(waiting.length, 'the server ended before they were taken');
        waiting = [];
      }
    },
  };
}

/** Rejects when the work has not ended by then; who waits for a server that hangs would wait with it for ever. */
async function inTime(work: Promise<void>, withinMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not within ${withinMs} ms`)), withinMs);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What `fetch` says of a connection stands in its cause. */
function toWords(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
