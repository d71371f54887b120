import type { GitStore } from '../git/git-store.ts';
import type { Account } from './account.ts';
import type { BranchProtection } from './branch-protection.ts';
import type { CheckRun, CheckSuite } from './check-run.ts';
import type { Comment } from './comment.ts';
import type { CommitStatus } from './commit-status.ts';
import type { Issue } from './issue.ts';
import type { IssueEvent } from './issue-event.ts';
import type { Label } from './label.ts';
import type { Review, ReviewComment } from './review.ts';
import type { Role } from './role.ts';

/** A repository: its git store, and everything GitHub keeps beside git. */
export type Repository = {
  readonly id: number;
  readonly nodeId: string;
  readonly owner: Account;
  readonly name: string;
  readonly fullName: string;
  readonly private: boolean;
  /** What it was forked from. */
  readonly parent: Repository | null;
  readonly git: GitStore;
  readonly createdAt: string;
  /** Explicit roles by login in lower case. */
  readonly roles: Map<string, Role>;
  /** By name in lower case. */
  readonly labels: Map<string, Label>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  readonly issueEvents: IssueEvent[];
  readonly reviews: Map<number, Review>;
  readonly reviewComments: Map<number, ReviewComment>;
  readonly checkSuites: Map<number, CheckSuite>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly statuses: CommitStatus[];
  readonly protection: Map<string, BranchProtection>;
  /** The refs as last announced by webhooks. */
  announcedRefs: ReadonlyMap<string, string>;
  description: string | null;
  defaultBranch: string;
  allowAutoMerge: boolean;
  archived: boolean;
  pushedAt: string;
  updatedAt: string;
};
