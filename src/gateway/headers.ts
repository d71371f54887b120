import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { type KeyProvider, toKeyHeaders } from './provider.ts';

/** What of a request's head means something to a provider, and nothing to anybody's account. */
const ASKED = ['accept', 'anthropic-version', 'anthropic-beta', 'openai-beta'] as const;

/** What of an answer's head SDKs read. */
const TOLD =
  /^(content-type|request-id|x-request-id|retry-after|retry-after-ms|x-should-retry|openai-processing-ms|(anthropic|x)-ratelimit-[a-z-]+)$/;

/** The head of the request to the provider: a few fields of the client's, and the key. */
export function toProviderHeaders(
  given: IncomingHttpHeaders,
  provider: KeyProvider,
  size: number,
): OutgoingHttpHeaders {
  const passed = ASKED.flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...(provider.kind === 'anthropic' ? { 'anthropic-version': '2023-06-01' } : {}),
    ...Object.fromEntries(passed),
    ...toKeyHeaders(provider),
    'content-type': 'application/json',
    'content-length': size,
    // What is packed cannot be metered on its way.
    'accept-encoding': 'identity',
    'user-agent': 'baton',
  };
}

/** The head of the answer to the client. */
export function toClientHeaders(told: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(told).filter(([name]) => TOLD.test(name)));
}

/** The token that a request carries, wherever SDKs put it. */
export function readToken({ authorization, 'x-api-key': key }: IncomingHttpHeaders): string {
  const [, bearer] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
  return bearer ?? (typeof key === 'string' ? key : '');
}
