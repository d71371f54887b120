import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.ts';
import { createCodeHost } from '../github/create-code-host.ts';
import { createGithubApp, type GithubApp } from '../github/create-github-app.ts';
import type { RequestObservation } from '../github/octokit/perform-request.ts';
import { createMarkers, type Markers } from '../github/publish/markers.ts';
import { readApp } from '../github/read-app.ts';
import { toRemoteUrl } from '../github/to-remote-url.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Lease } from '../ports/lease.ts';
import type { Workspace } from '../ports/workspace.ts';
import type { Store } from '../store/create-store.ts';
import { createWorkspace } from '../workspace/create-workspace.ts';

interface GithubNeeds {
  readonly log: Logger;
  readonly lease: Lease;
  readonly store: Store;
  readonly onRequest?: (observation: RequestObservation) => void;
}

interface Github {
  readonly github: GithubApp;
  readonly codeHost: CodeHost;
  /** Its secret stays when the webhook secret changes, or nothing posted before would be found again. */
  readonly markers: Markers;
  readonly workspace: Workspace & { close(): Promise<void> };
}

/** The App, what it shows on GitHub, and git. Asks GitHub once who we are, so a wrong key fails here and not later. */
export async function openGithub(settings: Settings, needs: GithubNeeds): Promise<Github> {
  const { app, apiUrl, home } = settings;
  const { log, lease, store, onRequest } = needs;
  const webhookSecret = app.webhookSecret.reveal();
  const github = createGithubApp({
    appId: app.id,
    privateKey: app.privateKey.reveal(),
    webhookSecret,
    apiUrl,
    lease,
    log,
    onRequest(observation) {
      log.debug(observation, 'GitHub was asked');
      onRequest?.(observation);
    },
  });
  const [identity, markerSecret] = await Promise.all([readApp(github.probot), store.secret('markers')]);
  const markers = createMarkers(markerSecret);
  const workspace = createWorkspace({
    home: join(home, 'workspace'),
    remoteUrl: (repository) => toRemoteUrl(apiUrl, repository),
    token: (repository) => github.tokenForPush(repository),
    effects: store.effects,
    identity: { name: identity.login, email: identity.email },
    log,
  });
  const codeHost = createCodeHost({
    appId: app.id,
    clientFor: github.clientFor,
    effects: store.effects,
    records: store.surfaces,
    markers,
  });
  return { github, codeHost, workspace, markers };
}
