import type { IncomingMessage } from 'node:http';
import type { Inbox } from '../../ports/inbox.ts';
import type { Log } from '../../ports/log.ts';
import { type Answer, refuse, unavailable } from './answer.ts';
import { type Admission, judgeDelivery } from './judge-delivery.ts';
import { type BodyMemory, readBody } from './read-body.ts';
import { readEnvelope } from './read-envelope.ts';
import { verifySignature } from './verify-signature.ts';

export interface WebhookReception {
  readonly secret: string;
  readonly admission: Admission;
  readonly inbox: Inbox;
  readonly memory: BodyMemory;
  readonly log: Log;
  /** Told of each request whose signature is not ours. */
  readonly onBadSignature: () => void;
}

/**
 * From a request to the durable inbox. The answer is 2xx only when the delivery is on disk, or is genuine and of no
 * concern to us. Null when the client is gone. Never rejects.
 */
export async function receiveWebhook(
  request: IncomingMessage,
  reception: WebhookReception,
): Promise<Answer | null> {
  const envelope = readEnvelope(request.headers);
  if ('status' in envelope) {
    return envelope;
  }
  const body = await readBody(request, reception.memory);
  if (body.kind === 'gone') {
    return null;
  }
  if (body.kind === 'no-room') {
    return unavailable('too many large requests at once');
  }
  if (body.kind === 'too-large') {
    return refuse(413, 'too-large', 'the body is larger than GitHub sends');
  }
  if (!verifySignature(reception.secret, body.bytes, envelope.signature)) {
    reception.onBadSignature();
    return refuse(401, 'bad-signature', 'the signature does not match the webhook secret');
  }
  try {
    const delivery = await judgeDelivery(envelope, body.bytes, reception.admission);
    if ('status' in delivery) {
      return delivery;
    }
    const outcome = await reception.inbox.put(delivery);
    return { status: 202, outcome, text: outcome };
  } catch (error) {
    reception.log.error({ err: error, guid: envelope.guid }, 'the inbox did not take a delivery');
    return unavailable('the inbox does not answer');
  }
}
