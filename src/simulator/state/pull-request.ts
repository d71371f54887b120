import type { Account } from './account.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export type AutoMerge = {
  readonly enabledBy: Account;
  readonly method: MergeMethod;
  readonly commitTitle: string | null;
  readonly commitMessage: string | null;
};

export type Merge = {
  readonly at: string;
  readonly by: Account;
  readonly commitSha: string;
};

/** What a pull request has beyond its issue. `headSha` and `baseSha` follow the branches until it closes. */
export type PullRequest = {
  readonly id: number;
  readonly nodeId: string;
  readonly headRef: string;
  readonly requestedReviewers: Account[];
  baseRef: string;
  headSha: string;
  baseSha: string;
  draft: boolean;
  merge: Merge | null;
  autoMerge: AutoMerge | null;
  maintainerCanModify: boolean;
};
