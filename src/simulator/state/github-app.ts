import type { KeyObject } from 'node:crypto';
import type { Permissions } from '../permissions.ts';
import type { Account } from './account.ts';

/** The App under test. */
export type GitHubApp = {
  readonly id: number;
  readonly nodeId: string;
  readonly clientId: string;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly privateKey: string;
  readonly publicKey: KeyObject;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly createdAt: string;
  webhookSecret: string;
  webhookUrl: string | null;
};

/** One installation of the App. `repositories` holds full names in lower case, or everything of the account. */
export type Installation = {
  readonly id: number;
  readonly nodeId: string;
  readonly account: Account;
  readonly repositories: ReadonlySet<string> | 'all';
  /** What its owner has granted: the App may ask for more by now. */
  readonly permissions: Permissions;
  readonly createdAt: string;
  suspended: { at: string; by: Account } | null;
};
