import { createMiddleware } from 'hono/factory';
import { toActorName } from '../auth/identify.ts';
import type { ApiEnvironment, Call } from './call.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** How much may be asked. GitHub's own numbers are the defaults; the secondary ones apply only when given. */
export type Limits = {
  /** Requests per hour and token. 5000 when not given. */
  readonly requestsPerHour?: number;
  /** Points per minute: a GET costs 1, a write 5. GitHub allows 900. */
  readonly pointsPerMinute?: number;
  /** Writes per minute. GitHub allows 80 which make content. */
  readonly writesPerMinute?: number;
};

type Window = { started: number; used: number };

export type RateLimiter = {
  readonly middleware: ReturnType<typeof createMiddleware<ApiEnvironment>>;
  /** What `GET /rate_limit` tells. */
  status(call: Call): { limit: number; used: number; remaining: number; reset: number };
};

/** Counts requests per actor and refuses those above the limits, as GitHub does. */
export function openRateLimiter(limits: Limits): RateLimiter {
  const perHour = limits.requestsPerHour ?? 5000;
  const hours = new Map<string, Window>();
  const points = new Map<string, Window>();
  const writes = new Map<string, Window>();

  function status(call: Call) {
    const window = openWindow(hours, toActorName(call.get('actor')), HOUR_MS);
    return {
      limit: perHour,
      used: Math.min(window.used, perHour),
      remaining: Math.max(0, perHour - window.used),
      reset: Math.ceil((window.started + HOUR_MS) / 1000),
    };
  }

  function findSecondaryWait(call: Call): number | null {
    const name = toActorName(call.get('actor'));
    const isWrite = call.req.method !== 'GET';
    const budgets = [
      { windows: points, cost: isWrite ? 5 : 1, most: limits.pointsPerMinute },
      { windows: writes, cost: isWrite ? 1 : 0, most: limits.writesPerMinute },
    ];
    for (const { windows, cost, most } of budgets) {
      const window = openWindow(windows, name, MINUTE_MS);
      window.used += cost;
      if (most !== undefined && cost > 0 && window.used > most) {
        return Math.max(1, Math.ceil((window.started + MINUTE_MS - Date.now()) / 1000));
      }
    }
    return null;
  }

  const middleware = createMiddleware<ApiEnvironment>(async (call, next) => {
    const window = openWindow(hours, toActorName(call.get('actor')), HOUR_MS);
    const exhausted = window.used >= perHour;
    const secondaryWait = exhausted ? null : findSecondaryWait(call);
    window.used += exhausted ? 0 : 1;
    if (exhausted || secondaryWait !== null) {
      call.res = refuse(call, secondaryWait);
    } else {
      await next();
    }
    if (call.res.status === 304) {
      window.used -= 1;
    }
    const { limit, used, remaining, reset } = status(call);
    for (const [name, value] of Object.entries({ limit, used, remaining, reset, resource: 'core' })) {
      call.res.headers.set(`x-ratelimit-${name}`, String(value));
    }
  });
  return { middleware, status };
}

function refuse(call: Call, secondaryWait: number | null): Response {
  if (secondaryWait === null) {
    return call.json({ message: `API rate limit exceeded for ${toActorName(call.get('actor'))}.` }, 403);
  }
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return call.json({ message }, 403, { 'retry-after': String(secondaryWait) });
}

function openWindow(windows: Map<string, Window>, key: string, length: number): Window {
  const current = windows.get(key);
  if (current && Date.now() - current.started < length) {
    return current;
  }
  const fresh = { started: Date.now(), used: 0 };
  windows.set(key, fresh);
  return fresh;
}
