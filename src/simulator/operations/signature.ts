import type { Signature } from '../git/commit.ts';
import type { Account } from '../state/account.ts';
import { timestamp } from '../state/timestamp.ts';

/** The signature GitHub puts on a commit made for an account. */
export function toSignature(account: Account): Signature {
  return { name: account.name, email: account.email, date: timestamp() };
}
