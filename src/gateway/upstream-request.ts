import type { OutgoingHttpHeaders } from 'node:http';

/** A request as the provider gets it. */
export interface UpstreamRequest {
  readonly url: URL;
  readonly headers: OutgoingHttpHeaders;
  readonly bytes: Buffer;
}
