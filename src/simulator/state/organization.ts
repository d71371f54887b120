import type { Account } from './account.ts';
import type { Role } from './role.ts';

/** An organization: its members by login in lower case, and the role every member has in each repository. */
export type Organization = {
  readonly account: Account;
  readonly members: Map<string, 'member' | 'admin'>;
  readonly baseRole: Role;
};
