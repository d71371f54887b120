import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
const PAUSE_MS = 100;

/** Asks again and again for two minutes. @throws Error with the complaint when it was never done. */
export async function askAgain(ask: () => Promise<boolean>, complaint: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (!(await ask())) {
    if (performance.now() > until) {
      throw new Error(`${complaint} See what it waits for, or end it; then start again.`);
    }
    await delay(PAUSE_MS);
  }
}
