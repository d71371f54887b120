import type { IncomingMessage } from 'node:http';

/** GitHub's own cap: it does not deliver a payload above it. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** Bytes that unauthenticated bodies may take up in memory, all requests together. */
export interface BodyMemory {
  readonly limitBytes: number;
  usedBytes: number;
}

export type Body =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' }
  /** Other bodies fill the memory at present. */
  | { readonly kind: 'no-room' }
  /** The client went away, or was too slow and was cut off. */
  | { readonly kind: 'gone' };

/** Reads a request body, but never more than the caps, whatever `Content-Length` says. Never rejects. */
export function readBody(request: IncomingMessage, memory: BodyMemory): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    return Promise.resolve({ kind: 'too-large' });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;

    function settle(body: Body): void {
      memory.usedBytes -= size;
      size = 0;
      request.removeListener('data', take);
      resolve(body);
    }

    function take(chunk: Buffer): void {
      size += chunk.length;
      memory.usedBytes += chunk.length;
      if (size > MAX_BODY_BYTES) {
        settle({ kind: 'too-large' });
      } else if (memory.usedBytes > memory.limitBytes) {
        settle({ kind: 'no-room' });
      } else {
        chunks.push(chunk);
      }
    }

    request.on('data', take);
    request.once('end', () =>
      settle({ kind: 'read', bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }),
    );
    request.once('error', () => settle({ kind: 'gone' }));
    request.once('close', () => settle({ kind: 'gone' }));
  });
}
