import type { RequestFailure } from './request-failure.ts';

type Headers = RequestFailure['headers'];

const MINUTE_MS = 60_000;
/** GitHub counts by the hour, so no window is longer; a larger number is a mistake. */
const LONGEST_MS = 65 * MINUTE_MS;

/**
 * How long GitHub wants to be left alone after this failure, in ms; null when it is not about a rate limit.
 * By its documentation: `retry-after` wins, else the reset time when nothing remains, else a minute, doubled each time.
 */
export function toRateLimitWait(failure: RequestFailure, earlierLimits: number): number | null {
  if (failure.status !== 403 && failure.status !== 429) {
    return null;
  }
  const retryAfter = Number(failure.headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(retryAfter)) {
    return clampWait(retryAfter * 1_000);
  }
  const untilReset = toQuotaWait(failure.headers);
  if (untilReset !== null) {
    return untilReset;
  }
  const saysSo = failure.status === 429 || /rate limit|abuse/i.test(failure.message.slice(0, 500));
  return saysSo ? clampWait(MINUTE_MS * 2 ** earlierLimits) : null;
}

/** How long until the hourly quota is renewed, when nothing of it remains. Taken by GitHub's clock, not ours. */
export function toQuotaWait(headers: Headers): number | null {
  if (String(headers['x-ratelimit-remaining']) !== '0') {
    return null;
  }
  const resetMs = Number(headers['x-ratelimit-reset']) * 1_000;
  const dateMs = Date.parse(String(headers['date']));
  const wait = resetMs - (Number.isFinite(dateMs) ? dateMs : Date.now());
  return Number.isFinite(wait) ? clampWait(wait) : null;
}

/** A second on top, because GitHub's times are whole seconds. */
function clampWait(ms: number): number {
  return Math.min(Math.max(ms, 0) + 1_000, LONGEST_MS);
}
