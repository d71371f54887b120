import type { Settings } from '../config/settings.ts';
import type { GithubApp } from '../github/create-github-app.ts';
import { systemTimer, type Timer } from '../github/octokit/timer.ts';
import { type AppIdentity, readApp } from '../github/read-app.ts';
import type { Log } from '../ports/log.ts';
import { explainTrouble } from './explain-trouble.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

interface Needs {
  readonly app: Settings['app'];
  readonly apiUrl: string;
  readonly log: Log;
  readonly timer?: Timer;
}

/**
 * Asks GitHub who we are, so a wrong key shows here and not later. What may pass, such as an outage, is waited for: GitHub is
 * asked again, and the log says each time why. @throws Error that says what to do about whatever does not pass.
 */
export async function introduceApp(
  { probot }: Pick<GithubApp, 'probot'>,
  { app, apiUrl, log, timer = systemTimer }: Needs,
): Promise<AppIdentity> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    try {
      return await readApp(probot);
    } catch (error) {
      const { passes, text, remedy } = await explainTrouble(error, { app, apiUrl });
      if (!passes) {
        throw new Error(`${text}. ${remedy}`, { cause: error });
      }
      log.warn(
        { apiUrl, found: text, remedy, againInSeconds: waitMs / 1000 },
        'GitHub cannot be reached; it is asked again, and until then nothing is taken',
      );
      await timer.sleep(waitMs);
    }
  }
}
