import type { Repository } from '../../domain/subject.ts';
import { RefusedError } from '../../ports/effects.ts';
import type { Access } from './access.ts';
import { BatonOctokit } from './baton-octokit.ts';
import type { Fetch } from './fetch-github.ts';
import { performRequest, type RequestPolicy } from './perform-request.ts';
import type { RepositoryTokens } from './repository-tokens.ts';
import { isRefusal, statusOf, toRequestFailure } from './request-failure.ts';

/** A client whose token sees one repository and may do one kind of thing. */
export type RepositoryClient = InstanceType<typeof BatonOctokit>;

/**
 * Makes the client for a use of a repository. Requests that fail for good reject with Octokit's error when they read,
 * with `RefusedError` when GitHub refused a write; a write that may have happened rejects with anything else.
 */
export type ClientFor = (repository: Repository, access: Access, signal?: AbortSignal) => RepositoryClient;

interface Connection {
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  readonly fetch: Fetch;
  readonly tokens: RepositoryTokens;
  readonly policy: RequestPolicy;
}

export function createRepositoryClients(connection: Connection): ClientFor {
  const { tokens, policy } = connection;

  return function clientFor(repository, access, signal) {
    const octokit = new BatonOctokit({
      authStrategy: undefined,
      baseUrl: connection.apiUrl,
      request: { fetch: connection.fetch, ...(signal === undefined ? {} : { signal }) },
    });
    octokit.hook.wrap('request', async (request, options) => {
      const kind = options.method === 'GET' ? 'read' : 'write';
      async function sendOnce() {
        const current = await tokens.get(repository, access);
        const planned = {
          installationId: repository.installationId,
          method: options.method,
          route: options.url,
          kind,
          isFresh: () => current.isFresh(),
          signal,
        } as const;
        return performRequest(planned, policy, async () => {
          options.headers.authorization = `token ${current.token}`;
          return request(options);
        });
      }
      try {
        return await sendOnce().catch((error: unknown) => {
          if (statusOf(error) !== 401) {
            throw error;
          }
          tokens.drop(repository, access);
          return sendOnce();
        });
      } catch (error) {
        throw kind === 'write' ? toWriteError(error, options) : error;
      }
    });
    return octokit;
  };
}

function toWriteError(error: unknown, { method, url }: { method: string; url: string }): unknown {
  const failure = toRequestFailure(error);
  if (!isRefusal(failure)) {
    return error;
  }
  const remedy =
    failure.status === 403
      ? ' Look at the permissions of the App and of its installation (see app.yml).'
      : '';
  return new RefusedError(`GitHub refused ${method} ${url}: ${failure.status} ${failure.message}.${remedy}`, {
    cause: error,
  });
}
