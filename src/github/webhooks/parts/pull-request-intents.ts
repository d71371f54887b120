import { z } from 'zod';
import { type Change, changeSchema } from '../../../domain/change.ts';
import type { Intent } from '../../../domain/intent.ts';
import { REVIEW_WORKFLOW } from '../../../domain/workflow.ts';
import { isFork } from '../../is-fork.ts';
import { envelope, isBot, issueSchema, toActor, toSubject, toTicket } from './payload.ts';

export const pullRequestSchema = issueSchema.extend({
  merged: z.boolean().optional(),
  draft: z.boolean().default(false),
  base: z.object({ ref: z.string() }),
  head: z.object({
    ref: z.string(),
    sha: z.string(),
    /** Null when the fork was deleted. */
    repo: z.object({ id: z.int() }).nullable(),
  }),
});

const payloadSchema = z.object({ ...envelope, pull_request: pullRequestSchema });
/** What every event of a pull request tells. */
export type PullRequestPayload = z.infer<typeof payloadSchema>;

/** What the pull request proposed when the event happened; null when it names no commit. */
export function toChange({ pull_request: { head, base }, repository }: PullRequestPayload): Change | null {
  const change = { headSha: head.sha, baseRef: base.ref, fork: isFork(head, repository) };
  return changeSchema.safeParse(change).data ?? null;
}

/** The issue in the name of a run's branch, `baton/<issue>-<words>`; a fork's branch may be called anything. */
export function toRunNumber({ pull_request: { head }, repository }: PullRequestPayload): number | null {
  const number = /^baton\/([1-9]\d{0,9})(?:-|$)/.exec(head.ref)?.[1];
  return number === undefined || isFork(head, repository) ? null : Number(number);
}

/**
 * A person's pull request is to be reviewed when its head is new. Not a draft, not what agents wrote or what is to be
 * merged into it, and not a fork's, on whose page it is said what is needed instead.
 */
export function toReview(payload: PullRequestPayload, what: 'opened' | 'synchronize'): readonly Intent[] {
  const { pull_request: pull, sender } = payload;
  const change = toChange(payload);
  const isOurs = toRunNumber(payload) !== null || pull.base.ref.startsWith('baton/');
  if (change === null || pull.draft || isOurs || isBot(sender)) {
    return [];
  }
  const intent = toIntent(payload, 'review');
  const source = { kind: 'pull-request', what } as const;
  return change.fork
    ? [{ ...intent, ask: { kind: 'new-head' }, requires: 'none', source }]
    : [{ ...intent, ask: { kind: 'start', workflow: REVIEW_WORKFLOW }, requires: 'write', source, change }];
}

/** What a pull request would make of the configuration is said whoever proposes it. Of a fork nothing is fetched. */
export function toPreview(payload: PullRequestPayload, what: 'opened' | 'synchronize'): readonly Intent[] {
  const change = toChange(payload);
  return change === null || change.fork
    ? []
    : [
        {
          ...toIntent(payload, 'preview'),
          ask: { kind: 'preview' },
          requires: 'none',
          source: { kind: 'pull-request', what },
        },
      ];
}

/** What is said of an earlier head helps nobody any more. GitHub let them push, so no permission is asked. */
export function toSupersession(payload: PullRequestPayload): Intent {
  const { sha } = payload.pull_request.head;
  return {
    ...toIntent(payload, 'superseded'),
    ask: { kind: 'cancel', reason: `commit ${sha.slice(0, 7)} was pushed` },
    requires: 'none',
    source: { kind: 'withdrawal', what: 'pushed', head: sha },
  };
}

/** Somebody has pushed to the branch of a run: what waits for an answer there is another thing now. */
export function toMove(payload: PullRequestPayload): readonly Intent[] {
  const { pull_request: pull, sender } = payload;
  const number = toRunNumber(payload);
  const change = toChange(payload);
  if (number === null || change === null || isBot(sender)) {
    return [];
  }
  return [
    {
      ...toIntent(payload, 'moved'),
      ask: { kind: 'moved', head: change.headSha },
      subject: toSubject(payload, number),
      requires: 'none',
      source: { kind: 'withdrawal', what: 'pushed', branch: pull.head.ref },
    },
  ];
}

/** The same head can come back later, so the time is part of the meaning. */
function toIntent(
  payload: PullRequestPayload,
  what: string,
): Pick<Intent, 'key' | 'subject' | 'actor' | 'at' | 'ticket'> {
  const { pull_request: pull, repository, sender } = payload;
  const at = pull.updated_at;
  return {
    key: `pull-request:${repository.id}:${pull.id}:${pull.head.sha}:${what}:${at}`,
    subject: toSubject(payload, pull.number),
    actor: toActor(sender),
    at,
    ticket: toTicket(pull),
  };
}
