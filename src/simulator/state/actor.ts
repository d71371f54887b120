import type { Permissions } from '../permissions.ts';
import type { Account } from './account.ts';
import type { Installation } from './github-app.ts';

/** Who makes a request. An installation acts as the App's bot, within its token's permissions and repositories. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly account: Account }
  | { readonly kind: 'app' }
  | {
      readonly kind: 'installation';
      readonly account: Account;
      readonly installation: Installation;
      readonly permissions: Permissions;
      /** Repository ids the token was narrowed to, or all of the installation. */
      readonly repositoryIds: ReadonlySet<number> | 'all';
    };

/** An actor with a name, which is what every write needs. */
export type NamedActor = Extract<Actor, { account: Account }>;
