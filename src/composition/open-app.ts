import type { Logger } from 'pino';
import type { Settings } from '../config/settings.ts';
import { createGithubApp, type GithubApp } from '../github/create-github-app.ts';
import { createHostClock } from '../github/octokit/host-clock.ts';
import type { RequestObservation } from '../github/octokit/perform-request.ts';
import type { AppIdentity } from '../github/read-app.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContentTurns } from '../ports/content-turns.ts';
import type { Lease } from '../ports/lease.ts';
import { systemClock } from '../system/system-clock.ts';
import { introduceApp } from './introduce-app.ts';

interface AppNeeds {
  readonly log: Logger;
  readonly lease: Lease;
  readonly turns: ContentTurns;
  readonly onRequest?: (observation: RequestObservation) => void;
}

/** The App and who it is on GitHub. */
export interface App {
  readonly github: GithubApp;
  readonly identity: AppIdentity;
  /** The time as GitHub tells it. */
  readonly clock: Clock;
}

/** Opens the App, once GitHub has said who we are. @throws Error when GitHub refuses us. */
export async function openApp(
  { app, apiUrl }: Settings,
  { log, lease, turns, onRequest }: AppNeeds,
): Promise<App> {
  const clock = createHostClock(systemClock);
  const github = createGithubApp({
    appId: app.id,
    privateKey: app.privateKey.reveal(),
    webhookSecret: app.webhookSecret.reveal(),
    apiUrl,
    lease,
    turns,
    log,
    clock,
    onRequest(observation) {
      log.debug(observation, 'GitHub was asked');
      onRequest?.(observation);
    },
  });
  return { github, identity: await introduceApp(github, { app, apiUrl, log }), clock };
}
