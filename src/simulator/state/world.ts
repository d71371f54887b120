import type { Ledger } from '../server/ledger.ts';
import type { WebhookQueue } from '../webhooks/webhook-queue.ts';
import type { Account } from './account.ts';
import type { Credential } from './credential.ts';
import type { GitHubApp, Installation } from './github-app.ts';
import type { Organization } from './organization.ts';
import type { Repository } from './repository.ts';

/** All of the simulated GitHub. Maps by name have keys in lower case. */
export type World = {
  /** Where it is reached, without a slash at the end. */
  url: string;
  /** Where the bare repositories are, as `owner/name.git`. */
  readonly directory: string;
  readonly accounts: Map<string, Account>;
  readonly organizations: Map<string, Organization>;
  readonly repositories: Map<string, Repository>;
  readonly app: GitHubApp;
  readonly installations: Installation[];
  readonly tokens: Map<string, Credential>;
  readonly webhooks: WebhookQueue;
  readonly ledger: Ledger;
  readonly nextId: () => number;
};
