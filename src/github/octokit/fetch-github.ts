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
      const guarded = mayWrite === undefined ? options : guard(options, mayWrite);
      const response = await fetch(target, { ...guarded, signal, redirect: 'manual' });
      const location = response.headers.get('location');
      if (!MOVED.has(response.status) || location === null) {
        return readWhole(response);
      }
      await response.body?.cancel();
      target = follow(target, location);
    }
    throw new Error(`GitHub redirected ${url} more than ${MAX_HOPS} times.`);
  };
}

const QUESTIONS = new Set(['GET', 'HEAD']);

/**
 * A process can be frozen while it waits for its connection. The body is read when the connection stands, and the
 * headers leave together with it, so asking there leaves no moment between the question and the write. A request
 * without a body, such as a DELETE, gets one without a byte, which changes nothing of what is sent.
 */
function guard(options: RequestInit, mayWrite: () => Promise<void>): RequestInit {
  if (QUESTIONS.has((options.method ?? 'GET').toUpperCase())) {
    return options;
  }
  const { body = null } = options;
  if (body !== null && typeof body !== 'string') {
    throw new Error('The body of a request to GitHub is text, so that nothing of it can leave unasked.');
  }
  const bytes = new TextEncoder().encode(body ?? '');
  async function* read() {
    await mayWrite();
    if (bytes.length > 0) {
      yield bytes;
    }
  }
  const headers = new Headers(options.headers);
  if (bytes.length > 0) {
    headers.set('content-length', String(bytes.length));
  }
  return { ...options, headers, body: read(), duplex: 'half' };
}

/** The token goes along with the request, so it must stay with the host it was made for. */
function follow(from: string, location: string): string {
  const target = new URL(location, from);
  if (target.origin !== new URL(from).origin) {
    throw new Error(`GitHub redirected a request to another host, ${target.host}; it was not followed.`);
  }
  return target.href;
}

/** Octokit takes an answer that was cut off for an empty one, so the body is read and checked here. */
async function readWhole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  if (response.body === null) {
    return response;
  }
  const body = await response.arrayBuffer();
  if (response.ok && headers.get('content-type')?.startsWith('application/json') === true) {
    JSON.parse(new TextDecoder().decode(body));
  }
  const whole = new Response(status === 204 || status === 304 ? null : body, { status, statusText, headers });
  Object.defineProperty(whole, 'url', { value: response.url });
  return whole;
}
