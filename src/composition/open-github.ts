import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { createCodeHost } from '../github/create-code-host.ts';
import type { GithubApp } from '../github/create-github-app.ts';
import { createMarkers, type Markers } from '../github/publish/markers.ts';
import { toRemoteUrl } from '../github/to-remote-url.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../store/create-store.ts';
import { createWorkspace, type OpenWorkspace } from '../workspace/create-workspace.ts';
import type { App } from './open-app.ts';
import { toProxyEnvironment } from './use-proxy.ts';

interface GithubNeeds extends App {
  readonly log: Log;
  readonly store: Store;
}

interface Github {
  readonly github: GithubApp;
  readonly login: string;
  readonly clock: Clock;
  readonly codeHost: CodeHost;
  /** Its secret stays when the webhook secret changes, or nothing posted before would be found again. */
  readonly markers: Markers;
  readonly workspace: OpenWorkspace;
}

/** The App, what it shows on GitHub, and git. */
export async function openGithub(
  { app, apiUrl, home, proxy }: Settings,
  { github, identity, clock, log, store }: GithubNeeds,
): Promise<Github> {
  const markers = createMarkers(await store.secret('markers'));
  const workspace = createWorkspace({
    home: join(home, 'workspace'),
    remoteUrl: (repository) => toRemoteUrl(apiUrl, repository),
    token: (repository, use) =>
      use === 'push' ? github.tokenForPush(repository) : github.tokenForFetch(repository),
    effects: store.effects,
    environment: toProxyEnvironment(proxy),
    identity: { name: identity.login, email: identity.email },
    log,
  });
  const codeHost = createCodeHost({
    appId: app.id,
    login: identity.login,
    clientFor: github.clientFor,
    effects: store.effects,
    records: store.surfaces,
    edits: store.commentEdits,
    markers,
  });
  return { github, login: identity.login, clock, codeHost, workspace, markers };
}
