import type { ServerResponse } from 'node:http';
import { type Provider, speaksMessages } from './provider.ts';

/** An answer of our own, with what SDKs make decisions on. */
export interface Refusal {
  readonly status: 400 | 401 | 402 | 403 | 404 | 413 | 415 | 429 | 502 | 503 | 504;
  readonly message: string;
  readonly retryAfterSeconds?: number;
  /** Whether the same call may do better later; by its status when absent. */
  readonly passing?: boolean;
  /** The body has not been read, so the connection is of no use any more. */
  readonly unread?: true;
}

/** The provider's own word for each status. */
const ANTHROPIC_TYPES: Readonly<Record<Refusal['status'], string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  415: 'invalid_request_error',
  429: 'rate_limit_error',
  502: 'api_error',
  503: 'overloaded_error',
  504: 'timeout_error',
};

const OPENAI_TYPES: Readonly<Record<Refusal['status'], string>> = {
  ...ANTHROPIC_TYPES,
  401: 'invalid_request_error',
  402: 'insufficient_quota',
  403: 'invalid_request_error',
  404: 'invalid_request_error',
  413: 'invalid_request_error',
  502: 'server_error',
  503: 'server_error',
  504: 'server_error',
};

/** Answers in the provider's form of an error, so that SDKs understand it. Does nothing once an answer has begun. */
export function refuse(response: ServerResponse, kind: Provider['kind'], refusal: Refusal): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { status, retryAfterSeconds, unread, passing = status === 429 || status >= 500 } = refusal;
  const body = Buffer.from(JSON.stringify(toBody(kind, refusal)));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.byteLength,
    // What cannot help is not tried again, and what can is tried when it can.
    'x-should-retry': String(passing),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    ...(unread === true ? { connection: 'close' } : {}),
  });
  response.end(body);
}

function toBody(kind: Provider['kind'], { status, message }: Refusal): unknown {
  return speaksMessages(kind)
    ? { type: 'error', error: { type: ANTHROPIC_TYPES[status], message } }
    : { error: { message, type: OPENAI_TYPES[status], param: null, code: null } };
}
