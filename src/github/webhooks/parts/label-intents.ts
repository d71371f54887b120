import type { z } from 'zod';
import type { Intent } from '../../../domain/intent.ts';
import type { WebhookContext } from './define-webhook.ts';
import {
  type envelope,
  isBot,
  isSelf,
  type issueSchema,
  type labelSchema,
  toActor,
  toSubject,
  toTicket,
} from './payload.ts';

/** A label put on, or taken off, an issue or a pull request. */
interface Labelling {
  readonly payload: z.infer<z.ZodObject<typeof envelope>>;
  readonly issue: z.infer<typeof issueSchema>;
  readonly label: z.infer<typeof labelSchema>;
}

/**
 * A trigger label starts a run. An issue template can put it on for anybody, so the sender needs `write`. What another
 * program puts on is answered, not done; what we put on ourselves is neither.
 */
export function toStart(labelling: Labelling, context: WebhookContext): readonly Intent[] {
  const { payload, issue, label } = labelling;
  const workflow = toWorkflow(label.name, context);
  if (workflow === undefined || isSelf(payload.sender, context.login)) {
    return [];
  }
  return [
    {
      // The payload does not carry the id of the `labeled` event; an issue's `updated_at` is the next best.
      key: `label:${payload.repository.id}:${issue.id}:${label.id}:${issue.updated_at}`,
      ask: { kind: 'start', workflow },
      subject: toSubject(payload, issue.number),
      actor: toActor(payload.sender),
      requires: 'write',
      source: { kind: 'label', label: label.name, ...(isBot(payload.sender) ? { byProgram: true } : {}) },
      at: issue.updated_at,
      ticket: toTicket(issue),
    },
  ];
}

/** Taking the trigger label off stops the run. GitHub let them take it off, so no permission is asked. */
export function toLabelWithdrawal(labelling: Labelling, context: WebhookContext): readonly Intent[] {
  const { payload, issue, label } = labelling;
  if (toWorkflow(label.name, context) === undefined || isBot(payload.sender)) {
    return [];
  }
  return [
    {
      key: `unlabel:${payload.repository.id}:${issue.id}:${label.id}:${issue.updated_at}`,
      ask: { kind: 'cancel', reason: `the label \`${label.name}\` was taken off` },
      subject: toSubject(payload, issue.number),
      actor: toActor(payload.sender),
      requires: 'none',
      source: { kind: 'withdrawal', what: 'label-removed' },
      at: issue.updated_at,
      ticket: toTicket(issue),
    },
  ];
}

/**
 * `baton` leaves the choice of the workflow to Baton (null), `baton:<workflow>` names it, and workflows may claim
 * further labels; undefined for all others. Like GitHub, blind to upper and lower case.
 */
function toWorkflow(label: string, context: WebhookContext): string | null | undefined {
  const [, name] = /^baton(?::([a-z0-9][a-z0-9-]{0,49}))?$/i.exec(label) ?? [];
  if (name !== undefined) {
    return name.toLowerCase();
  }
  return label.toLowerCase() === 'baton' ? null : (context.workflowOfLabel(label) ?? undefined);
}
