import type { IncomingMessage } from 'node:http';

/** As much as providers take themselves. */
const MAX_BYTES = 32 * 1024 * 1024;

/** The whole body; `too-large` when there is more than any provider takes. Rejects when the client goes away. */
export async function readBody(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) {
    return 'too-large';
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    size += bytes.byteLength;
    if (size > MAX_BYTES) {
      return 'too-large';
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
