import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Inbox } from '../../ports/inbox.ts';
import type { Log } from '../../ports/log.ts';
import { systemTimer } from '../octokit/timer.ts';
import type { Webhook } from '../webhooks/parts/define-webhook.ts';
import { type Answer, type IntakeOutcome, refuse, unavailable } from './answer.ts';
import { answersInTime } from './answers-in-time.ts';
import { createSignatureAlarm } from './create-signature-alarm.ts';
import { receiveWebhook, type WebhookReception } from './receive-webhook.ts';

/** Further pages on the same port. Returns true when it takes the request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface RouteOptions {
  /** Path of the webhook, such as `/api/github/webhooks`. */
  readonly path: string;
  /** The webhook secret; not empty, because everybody knows the empty one. */
  readonly secret: string;
  readonly appId: number;
  readonly webhooks: readonly Webhook[];
  readonly inbox: Inbox;
  readonly log: Log;
  /** For `/readyz`: resolves when the database answers, rejects when it does not. */
  readonly ready: () => Promise<unknown>;
  /** Whether an installation is ours to act for; all are when it is absent. */
  readonly isKnownInstallation?: (installationId: number) => boolean | Promise<boolean>;
  readonly handlers?: readonly Handler[];
  /** Told what became of every webhook request, for metrics. */
  onOutcome?(outcome: IntakeOutcome): void;
}

interface Route {
  readonly handle: RequestListener;
  /** From now on every webhook is answered 503, and `/readyz` as well. */
  drain(): void;
}

/** All unauthenticated bodies together may take up this much. */
const BODY_MEMORY_BYTES = 256 * 1024 * 1024;
const READY_WITHIN_MS = 2_000;

/** Which request goes where. */
export function createRoute(options: RouteOptions): Route {
  const state = { draining: false };
  const reception = toReception(options);

  /** While draining, connections end with their answer instead of being kept for more. */
  function reply(response: ServerResponse, answer: Pick<Answer, 'status' | 'text' | 'headers'>): void {
    response.shouldKeepAlive = response.shouldKeepAlive && !state.draining;
    send(response, answer);
  }

  async function answerWebhook(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await toAnswer(request);
    if (answer !== null) {
      options.onOutcome?.(answer.outcome);
      reply(response, answer);
    }
  }

  async function toAnswer(request: IncomingMessage): Promise<Answer | null> {
    if (request.method !== 'POST') {
      return { ...refuse(405, 'bad-headers', 'POST only'), headers: { allow: 'POST' } };
    }
    return state.draining ? unavailable('shutting down') : receiveWebhook(request, reception);
  }

  async function answerReady(response: ServerResponse): Promise<void> {
    const ready = !state.draining && (await answersInTime(options.ready, READY_WITHIN_MS));
    reply(response, ready ? { status: 200, text: 'ready' } : { status: 503, text: 'not ready' });
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path === options.path) {
      void answerWebhook(request, response);
    } else if (path === '/healthz') {
      send(response, { status: 200, text: 'up' });
    } else if (path === '/readyz') {
      void answerReady(response);
    } else if (!options.handlers?.some((handler) => handler(request, response))) {
      send(response, { status: 404, text: 'not found' });
    }
  }

  return {
    handle,
    drain() {
      state.draining = true;
    },
  };
}

function toReception(options: RouteOptions): WebhookReception {
  const { appId, isKnownInstallation } = options;
  return {
    secret: options.secret,
    inbox: options.inbox,
    log: options.log,
    onBadSignature: createSignatureAlarm(options.log, systemTimer),
    memory: { limitBytes: BODY_MEMORY_BYTES, usedBytes: 0 },
    admission: {
      appId,
      webhooks: new Map(options.webhooks.map((webhook) => [webhook.event, webhook])),
      ...(isKnownInstallation === undefined ? {} : { isKnownInstallation }),
    },
  };
}

function send(response: ServerResponse, answer: Pick<Answer, 'status' | 'text' | 'headers'>): void {
  response
    .writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8', ...answer.headers })
    .end(`${answer.text}\n`);
}
