import { type Logger, Probot } from 'probot';
import type { Repository } from '../domain/subject.ts';
import type { ContentTurns } from '../ports/content-turns.ts';
import type { Lease } from '../ports/lease.ts';
import { createDeliver, type Deliver } from './create-deliver.ts';
import { createIsKnownInstallation, type IsKnownInstallation } from './known-installations.ts';
import { BatonOctokit } from './octokit/baton-octokit.ts';
import { createContentBudget } from './octokit/content-budget.ts';
import { createListing, type ListingFor } from './octokit/create-listing.ts';
import { createGithubFetch, type Fetch } from './octokit/fetch-github.ts';
import type { HostClock } from './octokit/host-clock.ts';
import { createMintToken, type MintedToken } from './octokit/mint-token.ts';
import type { RequestObservation, RequestPolicy } from './octokit/perform-request.ts';
import { type ClientFor, createRepositoryClients } from './octokit/repository-clients.ts';
import { createRepositoryTokens } from './octokit/repository-tokens.ts';
import { createRequestWindows } from './octokit/request-windows.ts';
import { systemTimer, type Timer } from './octokit/timer.ts';
import type { AccessChange } from './webhooks/parts/define-webhook.ts';

export interface GithubAppOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Such as `https://api.github.com`, or `https://github.example.com/api/v3`. */
  readonly apiUrl: string;
  readonly lease: Lease;
  readonly log: Logger;
  /** Who may make content when. Without it none is made. */
  readonly turns?: ContentTurns;
  readonly timer?: Timer;
  /** Learns GitHub's time from all answers. */
  readonly clock?: HostClock;
  /** How long GitHub may take for one answer. */
  readonly requestTimeoutMs?: number;
  readonly onRequest?: (observation: RequestObservation) => void;
}

/** The GitHub App: its events through Probot, and its requests. */
export interface GithubApp {
  readonly probot: Probot;
  readonly deliver: Deliver;
  readonly clientFor: ClientFor;
  readonly listingFor: ListingFor;
  /** A token which may read the contents of one repository, for git. */
  tokenForFetch(repository: Repository): Promise<string>;
  /** A token which may write the contents of one repository, for git; only for a process that may write now. */
  tokenForPush(repository: Repository): Promise<string>;
  /** Whether an installation is one of this App. */
  readonly isKnownInstallation: IsKnownInstallation;
  /** Whether GitHub wants to be left alone by an installation, so that all requests for it wait. */
  isLeftAlone(installationId: number): boolean;
  /** Forgets the tokens that GitHub will not accept any more. */
  forgetAccess(change: AccessChange): void;
}

type TokenParameters = {
  readonly installation_id: number;
  readonly repository_ids?: number[];
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
};

const REQUEST_TIMEOUT_MS = 20_000;

/** For whoever only looks. */
const NO_TURNS: ContentTurns = {
  take: () => Promise.reject(new Error('Whoever only looks makes nothing on GitHub.')),
};

export function createGithubApp(options: GithubAppOptions): GithubApp {
  const timer = options.timer ?? systemTimer;
  const fetch = createFetch(options);
  const probot = new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    secret: options.webhookSecret,
    baseUrl: options.apiUrl,
    log: options.log,
    Octokit: BatonOctokit,
    request: { fetch },
  });
  async function askForToken(parameters: TokenParameters): Promise<MintedToken> {
    const app = await probot.auth();
    return app.request('POST /app/installations/{installation_id}/access_tokens', parameters);
  }
  const policy = toPolicy(options, timer);
  const tokens = createRepositoryTokens(
    timer,
    createMintToken(policy, {
      token: askForToken,
      async grant(parameters) {
        const app = await probot.auth();
        return app.request('GET /app/installations/{installation_id}', parameters);
      },
    }),
  );
  return {
    probot,
    deliver: createDeliver(probot),
    clientFor: createRepositoryClients({ apiUrl: options.apiUrl, fetch, tokens, policy }),
    listingFor: createListing({ apiUrl: options.apiUrl, fetch }, askForToken),
    tokenForFetch: async (repository) => (await tokens.get(repository, 'fetch')).token,
    async tokenForPush(repository) {
      const { token } = await tokens.get(repository, 'push');
      // git does not ask us again, so this is the last moment.
      await options.lease.assertHeld();
      return token;
    },
    isKnownInstallation: createIsKnownInstallation(probot, timer),
    isLeftAlone: (installationId) => policy.windows.isClosed(installationId),
    forgetAccess: ({ installationId, lost }) => tokens.forget(installationId, lost),
  };
}

function createFetch({ clock, lease, requestTimeoutMs = REQUEST_TIMEOUT_MS }: GithubAppOptions): Fetch {
  const fetch = createGithubFetch(requestTimeoutMs, () => lease.assertHeld());
  return clock === undefined ? fetch : clock.listen(fetch);
}

function toPolicy({ lease, turns = NO_TURNS, onRequest }: GithubAppOptions, timer: Timer): RequestPolicy {
  return {
    timer,
    lease,
    windows: createRequestWindows(timer),
    budget: createContentBudget(timer, turns),
    ...(onRequest === undefined ? {} : { onRequest }),
  };
}
