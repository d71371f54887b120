import type { Lease } from '../../ports/lease.ts';
import type { ContentBudget } from './content-budget.ts';
import { isContent } from './content-budget.ts';
import { toQuotaWait, toRateLimitWait } from './rate-limit.ts';
import { type RequestFailure, toRequestFailure } from './request-failure.ts';
import type { RequestWindows } from './request-windows.ts';
import type { Timer } from './timer.ts';

/** One request that was sent, for metrics. `route` is a template, so it comes from a closed set. */
export interface RequestObservation {
  readonly method: string;
  readonly route: string;
  /** Null when no answer arrived. */
  readonly status: number | null;
  readonly ms: number;
}

/** What all requests to GitHub obey. */
export interface RequestPolicy {
  readonly timer: Timer;
  readonly lease: Lease;
  readonly windows: RequestWindows;
  readonly budget: ContentBudget;
  readonly onRequest?: (observation: RequestObservation) => void;
}

/** A request about to be made. */
export interface PlannedRequest {
  readonly installationId: number;
  readonly method: string;
  readonly route: string;
  /**
   * `read`: may be asked again whenever the answer is lost. `write`: only after an answer which says that nothing was
   * done. `mint`: a new token; nothing of it can be seen, so it may be asked again.
   */
  readonly kind: 'read' | 'write' | 'mint';
  /** Whether the token is so new that not all of GitHub may know it. */
  readonly isFresh: () => boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** How often each kind of failure has been met by this request. */
interface Tries {
  limits: number;
  faults: number;
  unknown: number;
}

const MAX_LIMITS = 5;
const FAULT_WAITS_MS = [500, 1_500];
const FRESH_WAITS_MS = [500, 1_000];

/**
 * Sends a request when it may be sent, and again only when that is safe. Rejects with the last failure, with the
 * signal's reason, or with `LeaseLostError`.
 */
export async function performRequest<Result extends Answer>(
  planned: PlannedRequest,
  policy: RequestPolicy,
  send: () => Promise<Result>,
): Promise<Result> {
  const tries: Tries = { limits: 0, faults: 0, unknown: 0 };
  for (;;) {
    await admit(planned, policy);
    const startedAt = policy.timer.now();
    try {
      const answer = await send();
      observe(planned, policy, { status: answer.status, startedAt });
      closeWindow(planned, policy, toQuotaWait(answer.headers));
      return answer;
    } catch (error) {
      const failure = toRequestFailure(error);
      observe(planned, policy, { status: failure.status, startedAt });
      const limit = toRateLimitWait(failure, tries.limits);
      closeWindow(planned, policy, limit);
      const wait = limit === null ? toRetryWait(planned, failure, tries) : toLimitWait(tries);
      if (wait === null) {
        throw error;
      }
      await policy.timer.sleep(wait, planned.signal);
    }
  }
}

async function admit(planned: PlannedRequest, policy: RequestPolicy): Promise<void> {
  planned.signal?.throwIfAborted();
  if (isContent(planned.method, planned.route)) {
    await policy.budget.take(planned.installationId, planned.signal);
  }
  await policy.windows.whenOpen(planned.installationId, planned.signal);
  if (planned.kind === 'write') {
    // Last of all, because the waiting above can outlive the lease.
    await policy.lease.assertHeld();
  }
}

/** The waiting for a limit is done at the window; here only the tries are counted. */
function toLimitWait(tries: Tries): number | null {
  tries.limits += 1;
  return tries.limits < MAX_LIMITS ? 0 : null;
}

function toRetryWait(planned: PlannedRequest, { status }: RequestFailure, tries: Tries): number | null {
  if (status === null || status >= 500) {
    tries.faults += 1;
    const mayAskAgain = planned.kind !== 'write' && planned.signal?.aborted !== true;
    return mayAskAgain ? (FAULT_WAITS_MS[tries.faults - 1] ?? null) : null;
  }
  if ([401, 403, 404].includes(status) && planned.isFresh()) {
    tries.unknown += 1;
    return FRESH_WAITS_MS[tries.unknown - 1] ?? null;
  }
  return null;
}

function closeWindow(planned: PlannedRequest, policy: RequestPolicy, ms: number | null): void {
  if (ms !== null) {
    policy.windows.close(planned.installationId, ms);
  }
}

function observe(
  planned: PlannedRequest,
  policy: RequestPolicy,
  { status, startedAt }: { readonly status: number | null; readonly startedAt: number },
): void {
  const ms = policy.timer.now() - startedAt;
  policy.onRequest?.({ method: planned.method, route: planned.route, status, ms });
}
