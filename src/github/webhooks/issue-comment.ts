import { z } from 'zod';
import { defineWebhook } from './parts/define-webhook.ts';
import {
  commentSchema,
  envelope,
  instantSchema,
  isBot,
  issueSchema,
  toActor,
  toSubject,
  toTicket,
} from './parts/payload.ts';

const schema = z.object({
  ...envelope,
  action: z.enum(['created', 'edited']),
  issue: issueSchema.extend({
    pull_request: z.object({}).nullish(),
    /** What the author is to the repository. */
    author_association: z.string().nullish(),
  }),
  comment: commentSchema.extend({ updated_at: instantSchema.nullish() }),
});
type Payload = z.infer<typeof schema>;

export const webhook = defineWebhook({
  name: 'issue-comment',
  summary: 'Slash commands of people in new comments, and what people make of ours.',
  event: 'issue_comment',
  actions: ['created', 'edited'],
  schema,
  concernsUs: (payload) => payload.action === 'created' || isEditOfApp(payload),
  toIntents(payload, context) {
    // An edited comment never acts: what it says now may not be what its author once wrote.
    if (payload.action !== 'created' || isWrittenByProgram(payload)) {
      return [];
    }
    const { comment, issue } = payload;
    const number = isOfRepository(issue)
      ? (context.issueOfPullRequest(issue.body ?? '', payload.repository.id) ?? issue.number)
      : issue.number;
    return context.parseCommands(comment.body).map(({ ordinal, ask, requires }) => ({
      key: `comment:${payload.repository.id}:${comment.id}:${ordinal}`,
      ask,
      subject: toSubject(payload, number),
      actor: toActor(comment.user),
      requires,
      source: {
        kind: 'comment',
        commentId: comment.id,
        ordinal,
        ...(number === issue.number ? {} : { page: issue.number }),
      },
      at: comment.created_at,
      ticket: toTicket(issue),
    }));
  },
  toCommentEdit(payload, { appId }) {
    const { comment } = payload;
    return isEditOfApp(payload) && comment.performed_via_github_app?.id === appId
      ? { commentId: comment.id, body: comment.body, at: comment.updated_at ?? comment.created_at }
      : null;
  },
});

/** Somebody changed what an App wrote; what we change ourselves we know. */
function isEditOfApp({ action, comment, sender }: Payload): boolean {
  return action === 'edited' && Boolean(comment.performed_via_github_app) && comment.user?.id !== sender.id;
}

/** Authors for whom a pull request may speak for an issue: programs, as we are, and people of the repository. */
const OWN_AUTHORS = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/** A stranger can copy our marker into a pull request of their own, but must not lead commands on its page to a run. */
function isOfRepository({
  pull_request: pull,
  user,
  author_association: association,
}: Payload['issue']): boolean {
  return Boolean(pull) && (isBot(user) || OWN_AUTHORS.includes(association ?? ''));
}

/** Bots, Apps that write in a person's name, and comments which are not their sender's own. */
function isWrittenByProgram({ comment, sender }: Payload): boolean {
  return (
    isBot(sender) ||
    isBot(comment.user) ||
    Boolean(comment.performed_via_github_app) ||
    comment.user?.id !== sender.id
  );
}
