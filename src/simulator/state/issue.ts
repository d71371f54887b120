import type { Account } from './account.ts';
import type { Label } from './label.ts';
import type { PullRequest } from './pull-request.ts';
import type { Reaction } from './reaction.ts';

export type LockReason = 'resolved' | 'off-topic' | 'too heated' | 'spam';
export type StateReason = 'completed' | 'reopened' | 'not_planned' | 'duplicate';

/** An issue; GitHub numbers pull requests with them, so a pull request is an issue with `pull`. */
export type Issue = {
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  readonly user: Account;
  readonly viaApp: boolean;
  readonly createdAt: string;
  readonly labels: Label[];
  readonly assignees: Account[];
  readonly reactions: Reaction[];
  readonly pull: PullRequest | null;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: StateReason | null;
  lock: { reason: LockReason | null } | null;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
};

/** An issue which is a pull request. */
export type PullIssue = Issue & { readonly pull: PullRequest };

/** True for a pull request. */
export function isPull(issue: Issue): issue is PullIssue {
  return issue.pull !== null;
}
