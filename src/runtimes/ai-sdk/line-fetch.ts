import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentEvent } from '../../ports/agent-event.ts';
import type { ModelLine } from '../../ports/model-gateway.ts';
import { type LineRequest, postToLine } from './post-to-line.ts';

/** How often the same is asked again, and how long is waited before. */
export interface Patience {
  readonly retries: number;
  /** Doubled each time, in milliseconds. */
  readonly firstWaitMs: number;
  /** Who asks for more than this is not waited for. */
  readonly longestWaitMs: number;
}

export const PATIENCE: Patience = { retries: 4, firstWaitMs: 1000, longestWaitMs: 60_000 };

export interface LineFetchOptions {
  readonly line: Pick<ModelLine, 'socketPath' | 'refusal'>;
  readonly emit: (event: AgentEvent) => void;
  readonly patience: Patience;
}

/**
 * A `fetch` whose only way is the line. What a provider may do better the next time is asked again, after the time it
 * names; a call that the gateway refuses is not.
 */
export function createLineFetch(options: LineFetchOptions): typeof fetch {
  return async (input, init) => {
    const asked = toLineRequest(input, init);
    for (let tries = 0; ; tries += 1) {
      const result = await postToLine(options.line, asked).catch((error: unknown) => {
        asked.signal?.throwIfAborted();
        return toError(error);
      });
      const waitMs = toWait(result, tries, options);
      if (waitMs === null) {
        return giveUp(result);
      }
      options.emit({ kind: 'retry', why: toReason(result), waitMs });
      await sleep(waitMs, undefined, asked.signal === null ? {} : { signal: asked.signal });
    }
  };
}

function toLineRequest(input: Parameters<typeof fetch>[0], init: RequestInit = {}): LineRequest {
  const url = new URL(input instanceof Request ? input.url : input);
  if (typeof init.body !== 'string') {
    throw new TypeError('The line takes text only.');
  }
  return {
    path: url.pathname + url.search,
    headers: new Headers(init.headers),
    body: init.body,
    signal: init.signal ?? null,
  };
}

/** How long to wait before the same is asked again; null when it is not. */
function toWait(
  result: Response | Error,
  tries: number,
  { line, patience }: LineFetchOptions,
): number | null {
  if (tries >= patience.retries || line.refusal() !== null || !mayHelp(result)) {
    return null;
  }
  const waitMs = Math.max(
    patience.firstWaitMs * 2 ** tries,
    result instanceof Error ? 0 : readRetryAfter(result),
  );
  return waitMs > patience.longestWaitMs ? null : waitMs;
}

function mayHelp(result: Response | Error): boolean {
  if (result instanceof Error) {
    return true;
  }
  const { status, headers } = result;
  return headers.get('x-should-retry') !== 'false' && (status === 408 || status === 429 || status >= 500);
}

/** Milliseconds, by whichever header is there; 0 without one. */
function readRetryAfter({ headers }: Response): number {
  const [exact, plain] = [headers.get('retry-after-ms'), headers.get('retry-after')];
  const seconds = Number(plain);
  const values = [
    Number(exact ?? 0),
    Number.isNaN(seconds) ? Date.parse(plain ?? '') - Date.now() : seconds * 1000,
  ];
  return Math.max(0, ...values.filter((value) => Number.isFinite(value)));
}

function giveUp(result: Response | Error): Response {
  if (result instanceof Error) {
    throw result;
  }
  return result;
}

function toReason(result: Response | Error): string {
  return result instanceof Error ? result.message : `the provider answered ${result.status}`;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
