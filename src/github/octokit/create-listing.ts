import { BatonOctokit } from './baton-octokit.ts';
import type { Fetch } from './fetch-github.ts';

/** A client that sees which repositories an installation has been given, and nothing in them. */
export type ListingFor = (installationId: number) => Promise<InstanceType<typeof BatonOctokit>>;

/** Asks GitHub, as the App, for a token of an installation. */
type AskForToken = (parameters: {
  readonly installation_id: number;
  readonly permissions: { readonly metadata: 'read' };
}) => Promise<{ readonly data: { readonly token: string } }>;

interface Connection {
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  readonly fetch: Fetch;
}

/** The one use of a token that is not for a single repository: before one is known, there is none to name. */
export function createListing({ apiUrl, fetch }: Connection, ask: AskForToken): ListingFor {
  return async function listingFor(installationId) {
    const { data } = await ask({ installation_id: installationId, permissions: { metadata: 'read' } });
    return new BatonOctokit({
      authStrategy: undefined,
      auth: data.token,
      baseUrl: apiUrl,
      request: { fetch },
    });
  };
}
