/** Runs work that shares a key one after another. */
export type Serial = <Result>(key: number, work: () => Promise<Result>) => Promise<Result>;

/** Makes a queue per key; a key's queue is forgotten when it is empty. */
export function createSerial(): Serial {
  const last = new Map<number, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    // The next in line waits for the end of this work, however it ends.
    const settled = mine.catch(() => undefined);
    last.set(key, settled);
    try {
      return await mine;
    } finally {
      if (last.get(key) === settled) {
        last.delete(key);
      }
    }
  };
}
