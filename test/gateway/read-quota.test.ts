import { describe, expect, it } from 'vitest';
import { readQuota } from '../../src/gateway/read-quota.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');

function read(status: number, error: unknown, headers: Record<string, string> = {}) {
  return readQuota(
    { status, headers, text: typeof error === 'string' ? error : JSON.stringify({ error }) },
    NOW,
  );
}

describe('src/gateway/read-quota', () => {
  it.each<[string, ReturnType<typeof read>, string | null, number]>([
    ['a short wait', read(429, {}, { 'retry-after': '20' }), '2026-03-02T09:00:20.000Z', 0],
    ['a long wait', read(429, {}, { 'retry-after': '7200' }), '2026-03-02T11:00:00.000Z', NOW + 7_200_000],
    [
      'a date',
      read(429, {}, { 'retry-after': 'Mon, 02 Mar 2026 10:00:00 GMT' }),
      '2026-03-02T10:00:00.000Z',
      NOW + 3_600_000,
    ],
    ['no word on how long', read(429, {}), '2026-03-02T09:01:00.000Z', 0],
    ['too much to do', read(529, { type: 'overloaded_error' }), '2026-03-02T09:01:00.000Z', 0],
    ['nonsense', read(429, '<html>', { 'retry-after': 'soon' }), '2026-03-02T09:01:00.000Z', 0],
    [
      "Anthropic's limit of the month",
      read(400, {
        type: 'invalid_request_error',
        message:
          'You have reached your specified API usage limits. You will regain access on 2026-04-01 at 00:00 UTC.',
      }),
      '2026-04-01T00:00:00.000Z',
      Date.parse('2026-04-01T00:00:00Z'),
    ],
  ])('%s ends at its time', (_what, quota, until, closedUntilMs) => {
    expect(quota).toMatchObject({ refusal: { kind: 'quota', until }, closedUntilMs });
  });

  it.each([
    ["OpenAI's empty account", read(429, { code: 'insufficient_quota', message: 'You exceeded your quota' })],
    [
      "Anthropic's empty account",
      read(400, { message: 'Your credit balance is too low to access the API.' }),
    ],
    ['a bill', read(402, {})],
  ])('%s is for a person', (_what, quota) => {
    expect(quota).toMatchObject({ refusal: { kind: 'quota', until: null }, closedUntilMs: 0 });
  });

  it.each([
    ['a fault of the request', read(400, { message: 'max_tokens is too large' })],
    ['a fault of the provider', read(500, { message: 'oops' })],
    ['an unknown model', read(404, {})],
  ])('%s says nothing about it', (_what, quota) => {
    expect(quota).toBeNull();
  });
});
