import { z } from 'zod';
import type { PullIssue } from '../state/issue.ts';
import { emitPullRequest } from '../webhooks/emit-pull-request.ts';
import type { Act } from './act.ts';
import { noteIssueEvent } from './issue-event.ts';
import { findMissingRequirements } from './missing-requirements.ts';

/** A refusal in GraphQL's form: the answer is still 200. */
export class GraphqlError extends Error {
  override readonly name = 'GraphqlError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export const mutationInput = z.object({
  pullRequestId: z.string(),
  mergeMethod: z.enum(['MERGE', 'SQUASH', 'REBASE']).optional(),
  commitHeadline: z.string().optional(),
  commitBody: z.string().optional(),
});

export type MutationInput = z.output<typeof mutationInput>;

const METHODS = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' } as const;

/** What each supported mutation does. */
export const MUTATIONS = {
  markPullRequestReadyForReview,
  convertPullRequestToDraft,
  enablePullRequestAutoMerge,
  disablePullRequestAutoMerge,
} satisfies Record<string, (act: Act, issue: PullIssue, input: MutationInput) => Promise<void>>;

export type MutationName = keyof typeof MUTATIONS;

async function markPullRequestReadyForReview(act: Act, issue: PullIssue): Promise<void> {
  if (issue.pull.draft) {
    issue.pull.draft = false;
    noteIssueEvent(act, issue, { event: 'ready_for_review' });
    await emitPullRequest(act, issue, { action: 'ready_for_review' });
  }
}

async function convertPullRequestToDraft(act: Act, issue: PullIssue): Promise<void> {
  if (!issue.pull.draft) {
    issue.pull.draft = true;
    noteIssueEvent(act, issue, { event: 'convert_to_draft' });
    await emitPullRequest(act, issue, { action: 'converted_to_draft' });
  }
}

async function enablePullRequestAutoMerge(act: Act, issue: PullIssue, input: MutationInput): Promise<void> {
  if (!act.repository.allowAutoMerge) {
    throw new GraphqlError('UNPROCESSABLE', 'Pull request Auto merge is not allowed for this repository');
  }
  if (
    issue.state === 'closed' ||
    (!issue.pull.draft && findMissingRequirements(act.repository, issue).length === 0)
  ) {
    throw new GraphqlError('UNPROCESSABLE', 'Pull request Pull request is in clean status');
  }
  issue.pull.autoMerge = {
    enabledBy: act.actor.account,
    method: METHODS[input.mergeMethod ?? 'MERGE'],
    commitTitle: input.commitHeadline ?? null,
    commitMessage: input.commitBody ?? null,
  };
  await emitPullRequest(act, issue, { action: 'auto_merge_enabled' });
}

async function disablePullRequestAutoMerge(_act: Act, issue: PullIssue): Promise<void> {
  if (!issue.pull.autoMerge) {
    throw new GraphqlError('UNPROCESSABLE', "Can't disable auto-merge for this pull request.");
  }
  issue.pull.autoMerge = null;
  await Promise.resolve();
}
