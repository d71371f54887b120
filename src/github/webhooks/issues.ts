import { z } from 'zod';
import type { Intent } from '../../domain/intent.ts';
import { defineWebhook } from './parts/define-webhook.ts';
import { toLabelWithdrawal, toStart } from './parts/label-intents.ts';
import { envelope, issueSchema, labelSchema, toActor, toSubject, toTicket } from './parts/payload.ts';

const schema = z.object({
  ...envelope,
  action: z.enum(['labeled', 'unlabeled', 'closed']),
  issue: issueSchema,
  label: labelSchema.optional(),
});
type Payload = z.infer<typeof schema>;

export const webhook = defineWebhook({
  name: 'issues',
  summary: 'A trigger label starts a run; taking it off or closing the issue stops it.',
  event: 'issues',
  actions: ['labeled', 'unlabeled', 'closed'],
  schema,
  toIntents(payload, context) {
    const { issue, label } = payload;
    if (payload.action === 'closed') {
      return [toClosing(payload)];
    }
    if (label === undefined) {
      return [];
    }
    const labelled = { payload, issue, label };
    return payload.action === 'labeled' ? toStart(labelled, context) : toLabelWithdrawal(labelled, context);
  },
});

/** Whoever could close the issue could close it, so no permission is asked. */
function toClosing(payload: Payload): Intent {
  const at = payload.issue.closed_at ?? payload.issue.updated_at;
  return {
    key: `closed:${payload.repository.id}:${payload.issue.id}:${at}`,
    ask: { kind: 'cancel', reason: 'the issue was closed' },
    subject: toSubject(payload, payload.issue.number),
    actor: toActor(payload.sender),
    requires: 'none',
    source: { kind: 'withdrawal', what: 'issue-closed' },
    at,
    ticket: toTicket(payload.issue),
  };
}
