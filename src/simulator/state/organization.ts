import type { Account } from './account.ts';
import type { Role } from './role.ts';

/** An organization: its members by login in lower case, the role every member has in each repository, and its teams. */
export type Organization = {
  readonly account: Account;
  readonly members: Map<string, 'member' | 'admin'>;
  readonly baseRole: Role;
  /** Logins in lower case by the slug of the team. */
  readonly teams: ReadonlyMap<string, ReadonlySet<string>>;
};
