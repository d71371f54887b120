import { describe, expect, it } from 'vitest';
import { isOutage } from '../../src/github/is-outage.ts';
import { mayPass, NoApiError, troubleOf } from '../../src/github/octokit/trouble-of.ts';
import { LeaseLostError } from '../../src/ports/lease.ts';

/** What Octokit throws for an answer; without one when nothing has arrived. */
function failed(
  status: number,
  answered: boolean,
  headers: Readonly<Record<string, string>> = {},
  cause?: unknown,
) {
  const response = { status, headers, data: {} };
  return Object.assign(
    new Error('no', { cause }),
    { name: 'HttpError' },
    answered ? { status, response } : { status },
  );
}

function unanswered(cause: unknown) {
  return failed(500, false, {}, cause);
}

function withCode(code: string) {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) });
}

describe('src/github/is-outage', () => {
  it.each([
    ['nothing arrived', failed(500, false), true],
    ['a broken answer', failed(502, true), true],
    ['too many requests', failed(429, true), true],
    ['a used-up quota', failed(403, true, { 'retry-after': '60' }), true],
    ['out of time', new DOMException('too late', 'TimeoutError'), true],
    ['wrapped', new Error('no token', { cause: failed(503, true) }), true],
    ['the name of the host is not found', unanswered(withCode('ENOTFOUND')), true],
    ['a certificate that nobody trusts', unanswered(withCode('SELF_SIGNED_CERT_IN_CHAIN')), false],
    ['no REST API', unanswered(new NoApiError('another host')), false],
    ['stopped, since another process has it now', unanswered(new LeaseLostError('lost')), false],
    ['not allowed', failed(403, true), false],
    ['not found', failed(404, true), false],
    ['refused', failed(422, true), false],
    ['a fault of our own', new TypeError('x is undefined'), false],
    ['no error', 'no', false],
  ])('%s', (_, error, expected) => {
    expect(isOutage(error)).toBe(expected);
  });

  it('a limit ends no start, either', () => {
    const limited = failed(403, true, { 'retry-after': '60' });
    expect(troubleOf(limited)).toBe('limit');
    expect(mayPass('limit')).toBe(true);
  });
});
