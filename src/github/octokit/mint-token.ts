import type { Repository } from '../../domain/subject.ts';
import { ACCESS, type Access, OPTIONAL } from './access.ts';
import { performRequest, type RequestPolicy } from './perform-request.ts';

/** A token for exactly one repository. */
export interface RepositoryToken {
  readonly token: string;
  /** Until when, on the timer, it can be given out: five minutes before its end. */
  readonly goodUntil: number;
  /** Whether it is so new that not all of GitHub may know it. */
  isFresh(): boolean;
}

/** What GitHub answers when a token is made. */
export interface MintedToken {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: { readonly token: string; readonly expires_at: string };
}

/** Asks GitHub, as the App, for a token of an installation. */
export type AskForToken = (parameters: {
  readonly installation_id: number;
  readonly repository_ids: number[];
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
}) => Promise<MintedToken>;

/** Asks GitHub, as the App, what an installation has been given. */
export type AskForGrant = (parameters: { readonly installation_id: number }) => Promise<{
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: { readonly permissions: Readonly<Record<string, string | undefined>> };
}>;

/** What minting asks of GitHub. */
export interface Mint {
  readonly token: AskForToken;
  readonly grant: AskForGrant;
}

/** Makes a token with the least permissions for one use of one repository. */
export type MintToken = (repository: Repository, access: Access) => Promise<RepositoryToken>;

const MARGIN_MS = 5 * 60_000;
const FRESH_MS = 5_000;

export function createMintToken(policy: RequestPolicy, ask: Mint): MintToken {
  const { timer } = policy;

  /** A token that asks for what its installation has not got is refused, so GitHub is asked what that is. */
  async function findPermissions(
    installationId: number,
    access: Access,
  ): Promise<Readonly<Record<string, 'read' | 'write'>>> {
    const more = Object.entries(OPTIONAL[access] ?? {});
    if (more.length === 0) {
      return ACCESS[access];
    }
    const planned = {
      installationId,
      method: 'GET',
      route: '/app/installations/{installation_id}',
      kind: 'read',
      isFresh: () => false,
    } as const;
    const { data } = await performRequest(planned, policy, () =>
      ask.grant({ installation_id: installationId }),
    );
    const granted = more.filter(([name, wanted]) => data.permissions[name] === wanted);
    return { ...ACCESS[access], ...Object.fromEntries(granted) };
  }
  return async function mintToken({ installationId, id }, access) {
    const planned = {
      installationId,
      method: 'POST',
      route: '/app/installations/{installation_id}/access_tokens',
      kind: 'mint',
      isFresh: () => false,
    } as const;
    const parameters = {
      installation_id: installationId,
      repository_ids: [id],
      permissions: await findPermissions(installationId, access),
    };
    const answer = await performRequest(planned, policy, () => ask.token(parameters));
    const madeAt = timer.now();
    return {
      token: answer.data.token,
      goodUntil: madeAt + toLifetime(answer) - MARGIN_MS,
      isFresh: () => timer.now() - madeAt < FRESH_MS,
    };
  };
}

/** By GitHub's clock when it tells it, because ours may be wrong. */
function toLifetime({ data, headers }: MintedToken): number {
  const date = Date.parse(String(headers['date']));
  return Date.parse(data.expires_at) - (Number.isFinite(date) ? date : Date.now());
}
