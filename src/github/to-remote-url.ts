import type { Repository } from '../domain/subject.ts';

/**
 * Where git finds a repository: beside the REST API. `https://api.github.com` belongs to `https://github.com`, and
 * `https://HOST/api/v3` of GitHub Enterprise Server to `https://HOST`.
 */
export function toRemoteUrl(apiUrl: string, { owner, name }: Pick<Repository, 'owner' | 'name'>): string {
  const url = new URL(apiUrl);
  const host = url.host === 'api.github.com' ? 'github.com' : url.host;
  return `${url.protocol}//${host}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}.git`;
}
