import type { Logger } from 'pino';
import type { StopOutcome } from './stop-in-order.ts';

/** Exit codes of sysexits.h: try again later; a fault of ours. */
const EXIT_LEASE_LOST = 75;
const EXIT_FAULT = 70;

/** Ends a process whose work another one does by now, or may do: without its database it cannot know. */
export function exitLeaseLost(log: Logger): void {
  log.error(
    { remedy: 'Have it started again when it ends, as systemd does with Restart=always.' },
    'the lease is lost: another process has taken the work over, or the database was away for too long; exiting, so that ' +
      'the next start goes on from what is stored',
  );
  process.exit(EXIT_LEASE_LOST);
}

/** Has what nothing caught said by the log, which masks secrets; what Node prints by itself does not. */
export function exitOnFaults(log: Logger): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal(
        { error },
        'a fault that nothing caught; exiting, so that the next start goes on from what is stored',
      );
      process.exit(EXIT_FAULT);
    });
  }
}

/** Has whoever runs the process end it in order; null when nothing was up. */
export function exitOnSignals(log: Logger, stop: () => Promise<StopOutcome | null>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void shutDown(signal));
  }
  async function shutDown(signal: string): Promise<void> {
    log.info({ signal }, 'shutting down');
    const outcome = await stop();
    log.info({}, 'bye');
    process.exit(outcome === 'late' ? EXIT_FAULT : 0);
  }
}
