import { createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { createIntake, type IntakeOptions } from '../../../src/github/intake/create-intake.ts';
import { webhooks } from '../../../src/github/webhooks/registry.gen.ts';
import type { Delivery, Inbox } from '../../../src/ports/inbox.ts';
import { labeled } from './payloads.ts';

const PATH = '/api/github/webhooks';
const SECRET = 'It is a secret to everybody';

/** An intake on loopback over an inbox in memory. */
export async function openIntake(over: Partial<IntakeOptions> = {}) {
  const stored = new Map<string, Delivery>();
  const inbox: Inbox = {
    put(delivery) {
      const outcome = stored.has(delivery.guid) ? 'duplicate' : 'stored';
      stored.set(delivery.guid, delivery);
      return Promise.resolve(outcome);
    },
  };
  const outcomes: string[] = [];
  function nothing() {}
  const intake = createIntake({
    path: PATH,
    secret: SECRET,
    appId: 4242,
    webhooks,
    inbox,
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    ready: () => Promise.resolve(),
    onOutcome: (outcome) => outcomes.push(outcome),
    ...over,
  });
  const port = await intake.listen('127.0.0.1', 0);
  const url = `http://127.0.0.1:${port}`;

  async function deliver(sending: Sending = {}) {
    const body = sending.body ?? JSON.stringify(labeled);
    const headers = toHeaders(body, sending.headers);
    const response = await fetch(`${url}${PATH}`, { method: 'POST', body, headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  /** Opens a socket, writes, and tells what came back when the server closed it. */
  function speak(text: string): Promise<string> {
    const answer = Promise.withResolvers<string>();
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => {
      heard += data.toString();
    });
    socket.on('error', () => answer.resolve(heard));
    socket.on('close', () => answer.resolve(heard));
    return answer.promise;
  }

  return { intake, url, port, stored, outcomes, deliver, speak };
}

interface Sending {
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Over the right ones; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

export function toHeaders(body: string | Uint8Array, over: Sending['headers'] = {}): Record<string, string> {
  const headers: Record<string, string | null> = {
    'content-type': 'application/json',
    'x-github-delivery': randomUUID(),
    'x-github-event': 'issues',
    'x-hub-signature-256': sign(body),
    'x-github-hook-installation-target-id': '4242',
    ...over,
  };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

export function sign(body: string | Uint8Array, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
