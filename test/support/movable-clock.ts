/** The machine's time, and as much ahead of it as it was moved. */
export function createMovableClock() {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs).toISOString(),
    move(ms: number) {
      aheadMs += ms;
    },
    /** Never back: what has passed on the machine meanwhile has passed. */
    moveTo(ms: number) {
      aheadMs = Math.max(aheadMs, ms - Date.now());
    },
  };
}
