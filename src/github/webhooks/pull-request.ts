import { z } from 'zod';
import type { Intent } from '../../domain/intent.ts';
import { defineWebhook, type Merge, type WebhookContext } from './parts/define-webhook.ts';
import { toLabelWithdrawal, toStart } from './parts/label-intents.ts';
import { envelope, isSelf, labelSchema, toActor, toSubject, toTicket } from './parts/payload.ts';
import {
  pullRequestSchema,
  toChange,
  toMove,
  toPreview,
  toReview,
  toRunNumber,
  toSupersession,
} from './parts/pull-request-intents.ts';

const ACTIONS = ['opened', 'ready_for_review', 'synchronize', 'labeled', 'unlabeled', 'closed'] as const;

const schema = z.object({
  ...envelope,
  action: z.enum(ACTIONS),
  label: labelSchema.optional(),
  pull_request: pullRequestSchema,
});
type Payload = z.infer<typeof schema>;

export const webhook = defineWebhook({
  name: 'pull-request',
  summary:
    "People's pull requests are reviewed when they are opened, pushed to or labelled; what they would change in Baton's configuration is told; a push to the branch of a run voids what waits there; merging or closing the pull request of a run, or one that a run is about, ends the run.",
  event: 'pull_request',
  actions: ACTIONS,
  schema,
  toIntents(payload, context) {
    switch (payload.action) {
      case 'opened':
        return [...toPreview(payload, 'opened'), ...toReview(payload, 'opened')];
      case 'ready_for_review':
        return toReview(payload, 'opened');
      case 'synchronize':
        return [
          toSupersession(payload),
          ...toMove(payload),
          ...toPreview(payload, 'synchronize'),
          ...toReview(payload, 'synchronize'),
        ];
      case 'labeled':
        return toLabelled(payload, context);
      case 'unlabeled':
        return toUnlabelled(payload, context);
      case 'closed':
        return toClosing(payload, context);
    }
  },
  toMerge: toMergeOfOurs,
});

/** Whoever merged it: also what people let GitHub merge by itself. */
function toMergeOfOurs(payload: Payload): Merge | null {
  const { action, pull_request: pull } = payload;
  const issue = toRunNumber(payload);
  return action === 'closed' && pull.merged === true && issue !== null
    ? {
        subject: toSubject(payload, issue),
        branch: pull.head.ref,
        at: pull.closed_at ?? pull.updated_at,
      }
    : null;
}

/** Whoever puts the label on means the commit that is the newest in that moment. */
function toLabelled(payload: Payload, context: WebhookContext): readonly Intent[] {
  const { label, pull_request: issue } = payload;
  const change = toChange(payload);
  return label === undefined || change === null
    ? []
    : toStart({ payload, issue, label }, context).map((intent) => ({ ...intent, change }));
}

function toUnlabelled(payload: Payload, context: WebhookContext): readonly Intent[] {
  const { label, pull_request: issue } = payload;
  return label === undefined ? [] : toLabelWithdrawal({ payload, issue, label }, context);
}

/** What we push can close a pull request, as when a rollback takes all back; that ends nothing. */
function toClosing(payload: Payload, { login }: WebhookContext): readonly Intent[] {
  const { pull_request: pull, sender } = payload;
  if (isSelf(sender, login)) {
    return [];
  }
  const issue = toRunNumber(payload);
  return [
    {
      key: `pull-request:${payload.repository.id}:${pull.id}:${pull.head.sha}:closed`,
      ask: toEnd(pull.merged === true ? 'merged' : 'closed', issue),
      subject: toSubject(payload, issue ?? pull.number),
      actor: toActor(sender),
      requires: 'none',
      source: {
        kind: 'withdrawal',
        what: 'pull-request-closed',
        // A later run of the issue has a branch of its own, and goes on.
        ...(issue === null ? {} : { branch: pull.head.ref }),
      },
      at: pull.closed_at ?? pull.updated_at,
      ticket: toTicket(pull),
    },
  ];
}

/** What a run has proposed can be merged before its last step; a run about somebody's pull request has nothing to merge. */
function toEnd(how: 'merged' | 'closed', issue: number | null): Intent['ask'] {
  return how === 'merged' && issue !== null
    ? { kind: 'merged' }
    : { kind: 'cancel', reason: `the pull request was ${how}` };
}
