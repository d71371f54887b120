/** Runs changes one after another; what one throws does not stop the next. */
export type Turns = <T>(change: () => Promise<T>) => Promise<T>;

/** Opens a row of turns. */
export function openTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (change) => {
    const turn = last.then(change, change);
    last = turn.catch(() => undefined);
    return turn;
  };
}
