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

/** The commit that merging would make, for the base and the head it was made of; `refs/pull/N/merge` points at it. */
export type TestMerge = { readonly baseSha: string; readonly headSha: string; readonly commitSha: string };

/** What a pull request has beyond its issue. `headSha` and `baseSha` follow the branches until it closes. */
export type PullRequest = {
  readonly id: number;
  readonly nodeId: string;
  /** Where the head branch is: the repository itself or one of its network. */
  readonly headRepositoryId: number;
  readonly headOwner: Account;
  readonly headRef: string;
  readonly requestedReviewers: Account[];
  baseRef: string;
  headSha: string;
  baseSha: string;
  draft: boolean;
  merge: Merge | null;
  testMerge: TestMerge | null;
  autoMerge: AutoMerge | null;
  maintainerCanModify: boolean;
};

/** The head as GitHub names it across repositories, e.g. `mallory:topic`. */
export function toHeadLabel(pull: Pick<PullRequest, 'headOwner' | 'headRef'>): string {
  return `${pull.headOwner.login}:${pull.headRef}`;
}
