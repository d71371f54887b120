import type { Account } from './account.ts';

export type CommitStatusState = 'error' | 'failure' | 'pending' | 'success';

export type CommitStatus = {
  readonly id: number;
  readonly nodeId: string;
  readonly sha: string;
  readonly state: CommitStatusState;
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly createdAt: string;
};
