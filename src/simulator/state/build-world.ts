import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { CheckedSeed } from '../seed.ts';
import type { Ledger } from '../server/ledger.ts';
import type { WebhookQueue } from '../webhooks/webhook-queue.ts';
import type { Account } from './account.ts';
import { buildRepositories } from './build-repositories.ts';
import type { GitHubApp, Installation } from './github-app.ts';
import { toNodeId } from './node-id.ts';
import type { Organization } from './organization.ts';
import { timestamp } from './timestamp.ts';
import type { World } from './world.ts';

// High enough that an id is never mistaken for an issue's number.
const FIRST_ID = 100_000;

export type WorldParts = {
  readonly directory: string;
  readonly ledger: Ledger;
  readonly webhooks: WebhookQueue;
};

/** Members in lower case. */
function toTeams(teams: Readonly<Record<string, readonly string[]>>): Organization['teams'] {
  return new Map(
    Object.entries(teams).map(([slug, names]) => [slug, new Set(names.map((name) => name.toLowerCase()))]),
  );
}

/** Builds the world of a seed; repositories are made under `directory`. */
export async function buildWorld(seed: CheckedSeed, parts: WorldParts): Promise<World> {
  let lastId = FIRST_ID;
  function nextId(): number {
    lastId += 1;
    return lastId;
  }
  const accounts = new Map<string, Account>();
  function addAccount(login: string, type: Account['type'], profile: NewAccount['profile'] = {}): Account {
    const added = toAccount({ id: nextId(), login, type, profile });
    accounts.set(login.toLowerCase(), added);
    return added;
  }
  for (const user of seed.users) {
    addAccount(user.login, 'User', toProfile(user));
  }
  const organizations = new Map<string, Organization>();
  for (const { login, members, owners, baseRole, teams } of seed.organizations) {
    organizations.set(login.toLowerCase(), {
      account: addAccount(login, 'Organization'),
      members: new Map([
        ...members.map((name) => [name.toLowerCase(), 'member'] as const),
        ...owners.map((name) => [name.toLowerCase(), 'admin'] as const),
      ]),
      baseRole,
      teams: toTeams(teams),
    });
  }
  const bot = addAccount(`${seed.app.slug}[bot]`, 'Bot');
  function account(login: string): Account {
    return accounts.get(login.toLowerCase()) ?? bot;
  }
  const world: World = {
    url: '',
    directory: parts.directory,
    accounts,
    organizations,
    repositories: new Map(),
    app: toApp(seed, {
      bot,
      owner: account(seed.app.owner ?? seed.organizations[0]?.login ?? seed.users[0]?.login ?? ''),
    }),
    installations: seed.installations.map((one) =>
      toInstallation({ permissions: seed.app.permissions, ...one }, account(one.account)),
    ),
    tokens: new Map(),
    webhooks: parts.webhooks,
    ledger: parts.ledger,
    nextId,
  };
  giveTokens(world, seed);
  const place = { account, directory: parts.directory, nextId };
  const built = await buildRepositories(seed.repositories, place);
  for (const repository of built) {
    world.repositories.set(repository.fullName.toLowerCase(), repository);
  }
  return world;
}

function toProfile(user: CheckedSeed['users'][number]): { name?: string; email?: string } {
  return {
    ...('name' in user && user.name !== undefined ? { name: user.name } : {}),
    ...('email' in user && user.email !== undefined ? { email: user.email } : {}),
  };
}

type NewAccount = {
  id: number;
  login: string;
  type: Account['type'];
  profile: { name?: string; email?: string };
};

function toAccount({ id, login, type, profile }: NewAccount): Account {
  return {
    id,
    nodeId: toNodeId(type === 'Organization' ? 'O' : 'U', id),
    login,
    type,
    name: profile.name ?? login,
    email: profile.email ?? `${id}+${login}@users.noreply.github.com`,
    createdAt: timestamp(),
  };
}

function toApp(seed: CheckedSeed, accounts: { bot: Account; owner: Account }): GitHubApp {
  const privateKey = seed.app.privateKey ?? generatePrivateKey();
  return {
    id: seed.app.id,
    nodeId: toNodeId('A', seed.app.id),
    clientId: `Iv23li${Buffer.from(seed.app.slug).toString('hex').slice(0, 14).padEnd(14, '0')}`,
    slug: seed.app.slug,
    name: seed.app.name ?? seed.app.slug,
    ...accounts,
    privateKey,
    publicKey: createPublicKey(privateKey),
    permissions: { metadata: 'read', ...seed.app.permissions },
    events: seed.app.events,
    createdAt: timestamp(),
    webhookSecret: seed.app.webhookSecret,
    webhookUrl: seed.app.webhookUrl ?? null,
  };
}

function toInstallation(seed: CheckedSeed['installations'][number], account: Account): Installation {
  return {
    id: seed.id,
    nodeId: toNodeId('MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u', seed.id),
    account,
    permissions: { metadata: 'read', ...seed.permissions },
    repositories: seed.repositories ? new Set(seed.repositories.map((name) => name.toLowerCase())) : 'all',
    createdAt: timestamp(),
    suspended: seed.suspended ? { at: timestamp(), by: account } : null,
  };
}

function generatePrivateKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
}

function giveTokens(world: World, seed: CheckedSeed): void {
  const named = new Set(Object.values(seed.tokens).map((login) => login.toLowerCase()));
  const made = seed.users
    .filter((user) => !named.has(user.login.toLowerCase()))
    .map((user) => [`ghp_${randomBytes(18).toString('hex')}`, user.login] as const);
  for (const [token, login] of [...Object.entries(seed.tokens), ...made]) {
    const account = world.accounts.get(login.toLowerCase());
    if (account) {
      world.tokens.set(token, { actor: { kind: 'user', account }, expiresAt: null });
    }
  }
}
