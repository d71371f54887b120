import type { Webhook } from '../../src/github/webhooks/parts/define-webhook.ts';
import { toCode, toPage } from './markdown.ts';

export function webhooksPage(webhooks: Iterable<Webhook>): string {
  return toPage(
    'GitHub events',
    'What Baton hears from GitHub. Other events and actions are answered and forgotten.',
    [...webhooks].map(
      ({ name, summary, event, actions }) =>
        `## ${name}\n\n${summary}\n\nEvent ${toCode(event)}, actions ${actions.map(toCode).join(', ')}.`,
    ),
  );
}
