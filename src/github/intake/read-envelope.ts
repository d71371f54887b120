import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, refuse } from './answer.ts';

/** What the headers of a webhook request say. Only the signature vouches for anything, and not for the others. */
export interface Envelope {
  readonly guid: string;
  readonly event: string;
  readonly signature: string;
  /** The App that GitHub delivers to, when it says so. */
  readonly appId: string | null;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads the required headers, or says which one is missing or bad. */
export function readEnvelope(headers: IncomingHttpHeaders): Envelope | Answer {
  const guid = readHeader(headers, 'x-github-delivery');
  const event = readHeader(headers, 'x-github-event');
  const signature = readHeader(headers, 'x-hub-signature-256');
  if (guid === null || event === null || signature === null) {
    return refuse(
      400,
      'bad-headers',
      'X-GitHub-Delivery, X-GitHub-Event and X-Hub-Signature-256 are required',
    );
  }
  if (!GUID.test(guid)) {
    return refuse(400, 'bad-headers', 'X-GitHub-Delivery is not a GUID');
  }
  if (!/^application\/json\s*(?:;|$)/i.test(readHeader(headers, 'content-type') ?? '')) {
    return refuse(415, 'bad-headers', 'set the webhook content type to application/json');
  }
  return {
    guid: guid.toLowerCase(),
    event,
    signature,
    appId: readHeader(headers, 'x-github-hook-installation-target-id'),
  };
}

function readHeader(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
