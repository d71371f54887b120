import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A webhook as GitHub sends it; each request gets its own GUID. */
export interface SignedDelivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A real `issues.labeled` of 12 kB. Its label starts no workflow, so handling it is cheap; it is stored all the same,
 * because only the handling finds that out.
 */
export function toSignedDelivery(secret: string, installationId: number): SignedDelivery {
  const index = fileURLToPath(import.meta.resolve('@octokit/webhooks-examples'));
  const events: { name: string; examples: { action?: string; label?: { name: string } }[] }[] = JSON.parse(
    readFileSync(index, 'utf8'),
  );
  const issues = events.find(({ name }) => name === 'issues')?.examples ?? [];
  const labeled = issues.find(({ action, label }) => action === 'labeled' && label?.name === 'bug');
  const body = JSON.stringify({ ...labeled, installation: { id: installationId } });
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'issues',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  };
}
