import type { Delivery } from '../../ports/inbox.ts';
import type { Webhook } from '../webhooks/parts/define-webhook.ts';
import { type Answer, ignore, refuse } from './answer.ts';
import type { Envelope } from './read-envelope.ts';

/** What the intake lets in. */
export interface Admission {
  readonly appId: number;
  /** By `X-GitHub-Event`. A Map, because the name comes from outside. */
  readonly webhooks: ReadonlyMap<string, Webhook>;
  /** Whether an installation is ours to act for; asked once per delivery. All are when it is absent. */
  readonly isKnownInstallation?: (installationId: number) => boolean | Promise<boolean>;
}

/** The delivery in a body whose signature is good, with only the fields we use; or why there is none. */
export async function judgeDelivery(
  envelope: Envelope,
  body: Buffer,
  admission: Admission,
): Promise<Delivery | Answer> {
  if (envelope.appId !== null && envelope.appId !== String(admission.appId)) {
    return ignore('ignored-app', 'this is for another App');
  }
  const webhook = admission.webhooks.get(envelope.event);
  if (webhook === undefined) {
    return ignore('ignored-event', 'nothing listens to this event');
  }
  const parsed = parseObject(body);
  if (parsed === null) {
    return refuse(400, 'bad-body', 'the body is not a JSON object');
  }
  const action = parsed['action'];
  if (typeof action !== 'string' || !webhook.actions.includes(action)) {
    return ignore('ignored-event', 'nothing listens to this action');
  }
  const payload = webhook.read(parsed);
  if (payload === null) {
    return ignore('ignored-shape', 'the body is not what this event looks like');
  }
  if (!webhook.concernsUs(payload)) {
    return ignore('ignored-event', 'nothing in it concerns us');
  }
  if (!(await isKnown(payload, admission))) {
    return ignore('ignored-installation', 'this installation is not served here');
  }
  return { guid: envelope.guid, event: webhook.event, payload };
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKnown(
  payload: Readonly<Record<string, unknown>>,
  admission: Admission,
): boolean | Promise<boolean> {
  if (admission.isKnownInstallation === undefined) {
    return true;
  }
  const installation = payload['installation'];
  const id = isRecord(installation) ? installation['id'] : undefined;
  return typeof id === 'number' && admission.isKnownInstallation(id);
}
