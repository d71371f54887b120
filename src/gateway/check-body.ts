import { findReach } from './find-reach.ts';
import { toCount } from './meter/metered.ts';
import type { Refusal } from './refuse.ts';
import type { Form } from './route.ts';

/** A request that may be passed on, written anew: what was checked is what is sent. */
export interface CheckedBody {
  readonly kind: 'checked';
  readonly model: string;
  readonly text: string;
  /** As many tokens as the answer may have; null when the request does not say. */
  readonly maxOutputTokens: number | null;
}

/** Reads a request and looks at what the line may not do. */
export function checkBody(
  form: Form,
  bytes: Buffer,
  models: readonly string[],
): CheckedBody | ({ readonly kind: 'refused' } & Refusal) {
  const body = parse(bytes);
  if (body === null) {
    return { kind: 'refused', status: 400, message: 'The body is not a JSON object.' };
  }
  const { model } = body;
  if (typeof model !== 'string' || !models.includes(model)) {
    const asked = typeof model === 'string' ? model.slice(0, 100) : 'none';
    const message = `This line is for ${models.join(', ') || 'no model'}; the model that was asked for is ${asked}.`;
    return { kind: 'refused', status: 403, message };
  }
  const reach = findReach(form, body);
  if (reach !== null) {
    const message = `The request has ${reach}, with which the provider would reach out for the agent.`;
    return { kind: 'refused', status: 403, message };
  }
  const text = print(withUsageAsked(form, body));
  return text === null
    ? { kind: 'refused', status: 400, message: 'The body is nested too deeply.' }
    : { kind: 'checked', model, text, maxOutputTokens: readMaxOutput(body) };
}

/** Null when it cannot be written: reading goes deeper than that. */
function print(body: Readonly<Record<string, unknown>>): string | null {
  try {
    return JSON.stringify(body);
  } catch (error) {
    if (error instanceof RangeError) {
      return null;
    }
    throw error;
  }
}

/** Each form has a word of its own for it, and one of them two. */
function readMaxOutput(body: Readonly<Record<string, unknown>>): number | null {
  return toCount(body['max_tokens'] ?? body['max_completion_tokens'] ?? body['max_output_tokens']);
}

/** A stream of this form tells what it used only when asked. */
function withUsageAsked(
  form: Form,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return form === 'chat' && body['stream'] === true && body['stream_options'] === undefined
    ? { ...body, stream_options: { include_usage: true } }
    : body;
}

function parse(bytes: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Readonly<Record<string, unknown>>) // An object of JSON has names for keys.
      : null;
  } catch {
    return null;
  }
}
