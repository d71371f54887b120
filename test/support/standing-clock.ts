/** A clock that stands still until it is moved, in milliseconds. */
export function createStandingClock() {
  let atMs = Date.now();
  return {
    now: () => new Date(atMs).toISOString(),
    move(ms: number) {
      atMs += ms;
    },
  };
}
