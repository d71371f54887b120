import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Intent } from '../../domain/intent.ts';
import { defineWebhook } from './parts/define-webhook.ts';
import { toLabelWithdrawal, toStart } from './parts/label-intents.ts';
import { envelope, isSelf, issueSchema, labelSchema, toActor, toSubject, toTicket } from './parts/payload.ts';

/** What an issue does not come back from by itself. */
const ENDS = ['closed', 'deleted', 'transferred'] as const;

const schema = z.object({
  ...envelope,
  action: z.enum(['labeled', 'unlabeled', 'edited', ...ENDS]),
  issue: issueSchema,
  label: labelSchema.optional(),
});
type Payload = z.infer<typeof schema>;

export const webhook = defineWebhook({
  name: 'issues',
  summary:
    'A trigger label starts a run; taking it off, or closing or deleting the issue, stops it. Runs under way say when it is edited.',
  event: 'issues',
  actions: ['labeled', 'unlabeled', 'edited', ...ENDS],
  schema,
  toIntents(payload, context) {
    const { issue, label } = payload;
    if (payload.action === 'edited') {
      return [toEdit(payload)];
    }
    if (payload.action !== 'labeled' && payload.action !== 'unlabeled') {
      // What we merge closes the issue that it was for; that ends nothing.
      return isSelf(payload.sender, context.login) ? [] : [toClosing(payload, payload.action)];
    }
    if (label === undefined) {
      return [];
    }
    const labelled = { payload, issue, label };
    return payload.action === 'labeled' ? toStart(labelled, context) : toLabelWithdrawal(labelled, context);
  },
});

/** Whoever could change the issue could change it, so no permission is asked: nothing is done, it is only shown. */
function toEdit(payload: Payload): Intent {
  const { repository, issue, sender } = payload;
  return {
    // GitHub tells whole seconds, in which an issue can be changed and changed back.
    key: `edited:${repository.id}:${issue.id}:${issue.updated_at}:${toDigest(issue)}`,
    ask: { kind: 'edited' },
    subject: toSubject(payload, issue.number),
    actor: toActor(sender),
    requires: 'none',
    source: { kind: 'withdrawal', what: 'issue-edited' },
    at: issue.updated_at,
    ticket: toTicket(issue),
  };
}

function toDigest({ title, body }: Payload['issue']): string {
  return createHash('sha256')
    .update(JSON.stringify([title, body]))
    .digest('hex')
    .slice(0, 12);
}

/** Whoever could close the issue could close it, so no permission is asked. */
function toClosing(payload: Payload, how: (typeof ENDS)[number]): Intent {
  const at = payload.issue.closed_at ?? payload.issue.updated_at;
  return {
    key: `${how}:${payload.repository.id}:${payload.issue.id}:${at}`,
    ask: { kind: 'cancel', reason: `the issue was ${how}` },
    subject: toSubject(payload, payload.issue.number),
    actor: toActor(payload.sender),
    requires: 'none',
    source: { kind: 'withdrawal', what: 'issue-closed' },
    at,
    ticket: toTicket(payload.issue),
  };
}
