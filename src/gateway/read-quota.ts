import type { IncomingHttpHeaders } from 'node:http';
import type { ModelRefusal } from '../domain/model-refusal.ts';
import { fieldsOf } from './meter/metered.ts';

/** The provider's word that it does no work for us now. */
export interface QuotaRefusal {
  readonly refusal: Extract<ModelRefusal, { kind: 'quota' }>;
  /** It is not asked again before this, in milliseconds since 1970; 0 when asking again may help at once. */
  readonly closedUntilMs: number;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The beginning of the body. */
  readonly text: string;
}

/** A wait that SDKs sit out by themselves, in seconds. A longer one is no matter of load. */
const PATIENCE_SECONDS = 60;

/** When a provider has too much to do and does not say for how long. */
const DEFAULT_WAIT_SECONDS = 60;

/** Longer than any quota lasts. */
const MAX_WAIT_SECONDS = 40 * 24 * 60 * 60;

/** Codes and types of OpenAI and Anthropic for an account with nothing left; a person has to see to that. */
const EXHAUSTED: ReadonlySet<unknown> = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'billing_error',
]);

/** Anthropic says it in words, with a time when there is one. */
const OUT_OF_CREDIT = /credit balance is too low/i;
const REGAIN = /regain access on (\d{4}-\d{2}-\d{2}) at (\d{2}:\d{2}) UTC/i;

/** What an answer says about our quota; null when it says nothing about it. */
export function readQuota(answer: Answer, nowMs: number): QuotaRefusal | null {
  const error = fieldsOf(fieldsOf(parse(answer.text))['error']);
  const words = typeof error['message'] === 'string' ? error['message'] : '';
  const regain = toRegainMs(words);
  if (regain !== null) {
    return toRefusal('The limit that is set for the account at the provider is reached.', regain, regain);
  }
  if (answer.status === 402 || isExhausted(error) || OUT_OF_CREDIT.test(words)) {
    // Every try is answered the same until somebody pays: what the provider takes for a try costs nothing.
    return toRefusal('The account at the provider has no credit or quota left.', null, 0);
  }
  return answer.status === 429 || answer.status === 529 ? toWait(answer, nowMs) : null;
}

function toWait({ status, headers }: Answer, nowMs: number): QuotaRefusal {
  const seconds = Math.min(toSeconds(headers, nowMs) ?? DEFAULT_WAIT_SECONDS, MAX_WAIT_SECONDS);
  const untilMs = nowMs + seconds * 1000;
  const message =
    status === 429
      ? 'The provider allows no more calls for now (429).'
      : 'The provider has too much to do (529).';
  return toRefusal(message, untilMs, seconds > PATIENCE_SECONDS ? untilMs : 0);
}

function toRefusal(message: string, untilMs: number | null, closedUntilMs: number): QuotaRefusal {
  const until = untilMs === null ? null : new Date(untilMs).toISOString();
  return { refusal: { kind: 'quota', message, until }, closedUntilMs };
}

function isExhausted({ code, type }: Readonly<Record<string, unknown>>): boolean {
  return EXHAUSTED.has(code) || EXHAUSTED.has(type);
}

/** Seconds, or a date, as HTTP has it. */
function toSeconds({ 'retry-after': after }: IncomingHttpHeaders, nowMs: number): number | null {
  const seconds = Number(after ?? Number.NaN);
  if (Number.isFinite(seconds) && seconds >= 0) {
    return seconds;
  }
  const date = Date.parse(after ?? '');
  return Number.isNaN(date) ? null : Math.max(0, (date - nowMs) / 1000);
}

function toRegainMs(words: string): number | null {
  const [, day, minute] = REGAIN.exec(words) ?? [];
  const at = day === undefined || minute === undefined ? Number.NaN : Date.parse(`${day}T${minute}:00Z`);
  return Number.isNaN(at) ? null : at;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
