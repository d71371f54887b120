import { createHash, createPublicKey } from 'node:crypto';
import type { Settings } from '../config/settings.ts';

/** The App by its number and its key, the latter as GitHub shows it: of the public half, so it gives nothing away. */
export function appWords({ id, privateKey }: Settings['app']): string {
  const spki = createPublicKey(privateKey.reveal()).export({ type: 'spki', format: 'der' });
  return `App ${id}, key SHA256:${createHash('sha256').update(spki).digest('base64')}`;
}
