/** Work that several want at the same time is done once; it is given up when nobody waits for it any more. */
export type WorkOnce<Result> = (
  key: string,
  work: (signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
) => Promise<Result>;

interface UnderWay<Result> {
  readonly result: Promise<Result>;
  readonly stop: AbortController;
  waiting: number;
}

/** Rejects with an AbortError for whose signal has fired; the others go on. */
export function createWorkOnce<Result>(): WorkOnce<Result> {
  const underWay = new Map<string, UnderWay<Result>>();

  function begin(key: string, work: (signal: AbortSignal) => Promise<Result>): UnderWay<Result> {
    const stop = new AbortController();
    const result = work(stop.signal).finally(() => {
      if (underWay.get(key)?.stop === stop) {
        underWay.delete(key);
      }
    });
    const begun = { result, stop, waiting: 0 };
    underWay.set(key, begun);
    return begun;
  }

  return async (key, work, signal) => {
    signal.throwIfAborted();
    const one = underWay.get(key) ?? begin(key, work);
    one.waiting += 1;
    const given = Promise.withResolvers<never>();
    function giveUp(): void {
      one.waiting -= 1;
      if (one.waiting === 0) {
        // Who comes now begins anew.
        underWay.delete(key);
        one.stop.abort();
      }
      given.reject(signal.reason);
    }
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([one.result, given.promise]);
    } finally {
      signal.removeEventListener('abort', giveUp);
      // Nobody may be left to hear of it.
      one.result.catch(() => undefined);
    }
  };
}
