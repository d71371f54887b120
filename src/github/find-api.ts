import type { Fetch } from './octokit/fetch-github.ts';

/**
 * The base URL of GitHub's REST API on the same host, where `apiUrl` is not one: the address of its pages was written, or
 * `/api/v3` was left out. Null when `apiUrl` is an API, or none is found. Nothing secret is sent. Takes no longer than
 * one request may. Never rejects.
 */
export async function findApi(apiUrl: string, fetch: Fetch): Promise<string | null> {
  const isOne = isApi(apiUrl, fetch);
  const candidates = toCandidates(apiUrl).map((url) => ({ url, isOne: isApi(url, fetch) }));
  if (await isOne) {
    return null;
  }
  // All are asked by now; the first in the list that is one counts, whichever answers first.
  for (const candidate of candidates) {
    if (await candidate.isOne) {
      return candidate.url;
    }
  }
  return null;
}

/** Where the API of the same GitHub may be: below `/api/v3` on a server of one's own, on a host of its own elsewhere. */
function toCandidates(apiUrl: string): readonly string[] {
  const { protocol, host, origin } = new URL(apiUrl);
  const bare = host.replace(/^(?:www|api)\./, '');
  const all = [`${origin}/api/v3`, origin, `${protocol}//${bare}/api/v3`, `${protocol}//api.${bare}`];
  return [...new Set(all)].filter((candidate) => candidate !== apiUrl);
}

/** Whoever asks about an App without a token of it is told so, by nobody but the API in JSON. */
async function isApi(url: string, fetch: Fetch): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/app`, { headers: { accept: 'application/vnd.github+json' } });
    return answer.status === 401 && answer.headers.get('content-type')?.includes('json') === true;
  } catch {
    return false;
  }
}
