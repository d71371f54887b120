import type { EmitterWebhookEventName } from '@octokit/webhooks';
import type { Probot } from 'probot';
import type { Inbox } from '../ports/inbox.ts';
import type { Webhook } from './webhooks/parts/define-webhook.ts';

/**
 * Puts what a Probot server receives into the durable inbox. Probot answers after its handlers, so the delivery is on
 * disk before the 2xx here too; what it lacks of our own intake are the caps and checks before the handlers.
 */
export function bindInbox(probot: Probot, webhooks: readonly Webhook[], inbox: Inbox): void {
  for (const webhook of webhooks) {
    for (const action of webhook.actions) {
      // Probot types its event names one by one; these come from the registry.
      const name = `${webhook.event}.${action}` as EmitterWebhookEventName;
      probot.on(name, async ({ id, payload }) => {
        const read = webhook.read(payload);
        if (read !== null && webhook.concernsUs(read)) {
          await inbox.put({ guid: id, event: webhook.event, payload: read });
        }
      });
    }
  }
}
