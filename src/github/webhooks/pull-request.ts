import { z } from 'zod';
import type { Intent } from '../../domain/intent.ts';
import { defineWebhook } from './parts/define-webhook.ts';
import { toLabelWithdrawal, toStart } from './parts/label-intents.ts';
import { envelope, issueSchema, labelSchema, toActor, toSubject, toTicket } from './parts/payload.ts';

const schema = z.object({
  ...envelope,
  action: z.enum(['labeled', 'unlabeled', 'closed']),
  label: labelSchema.optional(),
  pull_request: issueSchema.extend({
    merged: z.boolean().optional(),
    head: z.object({
      ref: z.string(),
      sha: z.string(),
      /** Null when the fork was deleted. */
      repo: z.object({ id: z.int() }).nullable(),
    }),
  }),
});
type Payload = z.infer<typeof schema>;

export const webhook = defineWebhook({
  name: 'pull-request',
  summary:
    'Labels as on issues; closing the pull request of a run, or one that a run is about, stops the run.',
  event: 'pull_request',
  actions: ['labeled', 'unlabeled', 'closed'],
  schema,
  toIntents(payload, context) {
    const { label, pull_request: issue } = payload;
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

function toClosing(payload: Payload): Intent {
  const pull = payload.pull_request;
  const issue = toRunNumber(payload);
  return {
    key: `pull-request:${payload.repository.id}:${pull.id}:${pull.head.sha}:closed`,
    ask: { kind: 'cancel', reason: `the pull request was ${pull.merged === true ? 'merged' : 'closed'}` },
    subject: toSubject(payload, issue ?? pull.number),
    actor: toActor(payload.sender),
    requires: 'none',
    source: {
      kind: 'withdrawal',
      what: 'pull-request-closed',
      // A later run of the issue has a branch of its own, and goes on.
      ...(issue === null ? {} : { branch: pull.head.ref }),
    },
    at: pull.closed_at ?? pull.updated_at,
    ticket: toTicket(pull),
  };
}

/** The issue in the name of a run's branch, `baton/<issue>-<words>`; a fork's branch may be called anything. */
function toRunNumber({ pull_request: { head }, repository }: Payload): number | null {
  const number = /^baton\/([1-9]\d{0,9})(?:-|$)/.exec(head.ref)?.[1];
  return number === undefined || head.repo?.id !== repository.id ? null : Number(number);
}
