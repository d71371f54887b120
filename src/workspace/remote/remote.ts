import type { Repository } from '../../domain/subject.ts';
import type { GitCall } from '../git/run-git.ts';

/** A repository's remote with a fresh token. */
export interface Remote {
  readonly url: string;
  /** What every git call to it carries. */
  readonly call: Pick<GitCall, 'repository' | 'remote'>;
}

/** What the remote is opened for: a token may do no more than that. */
export type RemoteUse = 'fetch' | 'push';

/** Finds the remote of a repository; asked anew for each use, because tokens live for an hour. */
export type OpenRemote = (repository: Repository, use: RemoteUse) => Promise<Remote>;

/** `owner/name`, as people know it. */
export function toFullName(repository: Repository): string {
  return `${repository.owner}/${repository.name}`;
}

/**
 * @throws Error when the URL is not http(s) or carries a credential: a URL is shown in process lists and logs.
 */
export function createOpenRemote(options: {
  remoteUrl(repository: Repository): string;
  token(repository: Repository, use: RemoteUse): Promise<string | null>;
}): OpenRemote {
  return async (repository, use) => {
    const url = options.remoteUrl(repository);
    const { protocol, username, password } = new URL(url);
    if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') {
      throw new Error(
        `The remote of ${toFullName(repository)} must be an http or https URL without a user name. Correct the host's URL in the settings.`,
      );
    }
    const token = await options.token(repository, use);
    return { url, call: { repository: toFullName(repository), remote: { url, token } } };
  };
}
