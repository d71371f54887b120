import type { Logger } from 'pino';
import type { Settings } from '../config/settings.ts';
import { createGithubApp, type GithubApp } from '../github/create-github-app.ts';
import { createHostClock } from '../github/octokit/host-clock.ts';
import type { RequestObservation } from '../github/octokit/perform-request.ts';
import { type AppIdentity, readApp } from '../github/read-app.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lease } from '../ports/lease.ts';
import { systemClock } from '../system/system-clock.ts';

interface AppNeeds {
  readonly log: Logger;
  readonly lease: Lease;
  readonly onRequest?: (observation: RequestObservation) => void;
}

/** The App and who it is on GitHub. */
export interface App {
  readonly github: GithubApp;
  readonly identity: AppIdentity;
  /** The time as GitHub tells it. */
  readonly clock: Clock;
}

/** Asks GitHub once who we are, so a wrong key fails here and not later. */
export async function openApp({ app, apiUrl }: Settings, { log, lease, onRequest }: AppNeeds): Promise<App> {
  const clock = createHostClock(systemClock);
  const github = createGithubApp({
    appId: app.id,
    privateKey: app.privateKey.reveal(),
    webhookSecret: app.webhookSecret.reveal(),
    apiUrl,
    lease,
    log,
    clock,
    onRequest(observation) {
      log.debug(observation, 'GitHub was asked');
      onRequest?.(observation);
    },
  });
  return { github, identity: await readApp(github.probot), clock };
}
