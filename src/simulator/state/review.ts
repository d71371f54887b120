import type { Account } from './account.ts';

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'PENDING' | 'DISMISSED';

export type Review = {
  readonly id: number;
  readonly nodeId: string;
  readonly pullNumber: number;
  readonly user: Account;
  readonly commitSha: string;
  readonly submittedAt: string;
  body: string;
  state: ReviewState;
};

/** A review comment on one line of the diff. */
export type ReviewComment = {
  readonly id: number;
  readonly nodeId: string;
  readonly pullNumber: number;
  readonly reviewId: number | null;
  readonly user: Account;
  readonly commitSha: string;
  readonly path: string;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly side: 'LEFT' | 'RIGHT';
  readonly diffHunk: string;
  readonly inReplyTo: number | null;
  readonly createdAt: string;
  body: string;
  updatedAt: string;
};
