import type { Log } from '../../ports/log.ts';
import type { Timer } from '../octokit/timer.ts';

const QUIET_MS = 5 * 60_000;

/**
 * Says in the log that signatures do not match, since a wrong secret shows nowhere else on this machine. Anybody can send
 * such requests, so it is said at once and then at most every five minutes, with how many there were.
 */
export function createSignatureAlarm(log: Log, { now }: Pick<Timer, 'now'>): () => void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  let refused = 0;
  return () => {
    refused += 1;
    if (now() < quietUntil) {
      return;
    }
    log.warn(
      {
        refused,
        remedy:
          "If these come from GitHub: set WEBHOOK_SECRET to the webhook secret on the App's settings page. GitHub is " +
          'asked again for what it could not deliver.',
      },
      'webhooks were refused: their signature does not match WEBHOOK_SECRET',
    );
    quietUntil = now() + QUIET_MS;
    refused = 0;
  };
}
