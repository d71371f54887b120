import type { EmitterWebhookEventName } from '@octokit/webhooks';
import type { Probot } from 'probot';
import type { Intent } from '../domain/intent.ts';
import type { CommentEdit } from '../ports/comment-edits.ts';
import type { Delivery } from '../ports/inbox.ts';
import type { AccessChange, Merge, Webhook, WebhookContext } from './webhooks/parts/define-webhook.ts';

/** What is done with the events that Baton hears. */
export interface WebhookBinding {
  readonly webhooks: readonly Webhook[];
  readonly context: WebhookContext;
  /** Called for every delivery with what was asked in it, even when that is nothing. Must be safe to repeat. */
  readonly handle: (intents: readonly Intent[], delivery: Delivery) => Promise<void>;
  readonly onAccessChange?: (change: AccessChange) => void;
  /** Somebody else edited a comment of ours. What it rejects with has the delivery tried again. */
  readonly onCommentEdit?: (edit: CommentEdit) => Promise<void>;
  /** A pull request of a run was merged. Must be safe to repeat. */
  readonly onMerge?: (merge: Merge) => Promise<void>;
}

/** Registers a handler with Probot for every action of every webhook. */
export function bindWebhooks(probot: Probot, binding: WebhookBinding): void {
  for (const webhook of binding.webhooks) {
    for (const action of webhook.actions) {
      // Probot types its event names one by one; these come from the registry.
      const name = `${webhook.event}.${action}` as EmitterWebhookEventName;
      probot.on(name, async ({ id, payload }) => {
        const change = webhook.toAccessChange(payload);
        if (change !== null) {
          binding.onAccessChange?.(change);
        }
        const edit = webhook.toCommentEdit(payload, binding.context);
        if (edit !== null) {
          await binding.onCommentEdit?.(edit);
        }
        const merge = webhook.toMerge(payload);
        if (merge !== null) {
          await binding.onMerge?.(merge);
        }
        const delivery = { guid: id, event: webhook.event, payload: { ...payload } };
        await binding.handle(webhook.toIntents(payload, binding.context), delivery);
      });
    }
  }
}
