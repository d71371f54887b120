import type { Account } from './account.ts';
import type { Reaction } from './reaction.ts';

/** A comment on an issue or in the conversation of a pull request. */
export type Comment = {
  readonly id: number;
  readonly nodeId: string;
  readonly issueNumber: number;
  readonly user: Account;
  readonly viaApp: boolean;
  readonly createdAt: string;
  readonly reactions: Reaction[];
  body: string;
  updatedAt: string;
};
