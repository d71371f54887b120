import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

/** Whether `signature` (the header `X-Hub-Signature-256`) was made with the secret over exactly these bytes. */
export function verifySignature(secret: string, body: Buffer, signature: string): boolean {
  if (!SIGNATURE.test(signature)) {
    return false;
  }
  const expected = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice('sha256='.length), 'hex'));
}
