import type { Timer } from './timer.ts';

/** When each installation may be asked again. One installation's limit does not hold the others up. */
export interface RequestWindows {
  /** Nothing is sent for the installation during the next `ms`. */
  close(installationId: number, ms: number): void;
  /** Resolves when the installation may be asked; rejects when the signal fires first. */
  whenOpen(installationId: number, signal?: AbortSignal): Promise<void>;
  /** Whether whoever asks for the installation now has to wait. */
  isClosed(installationId: number): boolean;
}

export function createRequestWindows(timer: Timer): RequestWindows {
  const closedUntil = new Map<number, number>();

  return {
    close(installationId, ms) {
      const until = Math.max(closedUntil.get(installationId) ?? 0, timer.now() + ms);
      closedUntil.set(installationId, until);
    },
    async whenOpen(installationId, signal) {
      for (;;) {
        const wait = (closedUntil.get(installationId) ?? 0) - timer.now();
        if (wait <= 0) {
          closedUntil.delete(installationId);
          return;
        }
        await timer.sleep(wait, signal);
      }
    },
    isClosed: (installationId) => (closedUntil.get(installationId) ?? 0) > timer.now(),
  };
}
