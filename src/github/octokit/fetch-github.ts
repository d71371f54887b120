import { sendWrite } from './send-write.ts';
import { NoApiError } from './trouble-of.ts';

/** The part of `fetch` that Octokit uses. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>;

const MOVED = new Set([301, 302, 307, 308]);
const MAX_HOPS = 5;

/**
 * Makes the `fetch` that all requests to GitHub use. It rejects unless a whole answer has arrived within `timeoutMs`.
 * A moved repository is followed with the same method and body, but never to another host. Whatever is more than a
 * question asks `mayWrite` at the last moment, and nothing of it leaves when that rejects.
 */
export function createGithubFetch(timeoutMs: number, mayWrite?: () => Promise<void>): Fetch {
  return async function fetchGithub(url, options) {
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    let target = url;
    for (let hop = 0; hop < MAX_HOPS; hop += 1) {
      const response = await send(target, { ...options, signal }, mayWrite);
      const location = response.headers.get('location');
      if (!MOVED.has(response.status) || location === null) {
        return readWhole(response, target);
      }
      await response.body?.cancel();
      target = follow(target, location);
    }
    throw new Error(`GitHub redirected ${url} more than ${MAX_HOPS} times.`);
  };
}

const QUESTIONS = new Set(['GET', 'HEAD']);

function send(
  url: string,
  options: RequestInit & { readonly signal: AbortSignal },
  mayWrite: (() => Promise<void>) | undefined,
): Promise<Response> {
  const method = (options.method ?? 'GET').toUpperCase();
  if (mayWrite === undefined || QUESTIONS.has(method)) {
    return fetch(url, { ...options, redirect: 'manual' });
  }
  const { body = null, signal } = options;
  if (body !== null && typeof body !== 'string') {
    throw new Error('The body of a request to GitHub is text, so that nothing of it can leave unasked.');
  }
  const headers = Object.fromEntries(new Headers(options.headers));
  return sendWrite(url, { method, headers, body: body ?? '', signal }, mayWrite);
}

/** The token goes along with the request, so it must stay with the host it was made for. */
function follow(from: string, location: string): string {
  const target = new URL(location, from);
  if (target.origin !== new URL(from).origin) {
    throw new NoApiError(`GitHub redirected a request to another host, ${target.host}; it was not followed.`);
  }
  return target.href;
}

/** Octokit takes an answer that was cut off for an empty one, so the body is read and checked here. */
async function readWhole(response: Response, url: string): Promise<Response> {
  const { status, statusText, headers } = response;
  const body = response.body === null ? null : await response.arrayBuffer();
  if (body !== null && response.ok && headers.get('content-type')?.startsWith('application/json') === true) {
    JSON.parse(new TextDecoder().decode(body));
  }
  const whole = new Response(body, { status, statusText, headers });
  Object.defineProperty(whole, 'url', { value: url });
  return whole;
}
