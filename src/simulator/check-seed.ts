import { type CheckedSeed, seedSchema } from './seed.ts';

// First segments of paths the simulator itself answers.
const RESERVED = new Set([
  'repos',
  'user',
  'users',
  'orgs',
  'app',
  'apps',
  'api',
  'search',
  'graphql',
  'installation',
]);

/** A seed which cannot be used; `faults` names them all, each with its place. */
export class SeedFaulty extends Error {
  override readonly name = 'SeedFaulty';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The seed has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Checks a seed whole and fills in its defaults.
 * @throws SeedFaulty with all faults at once.
 */
export function checkSeed(seed: unknown): CheckedSeed {
  const parsed = seedSchema.safeParse(seed);
  if (!parsed.success) {
    throw new SeedFaulty(
      parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`),
    );
  }
  const { data } = parsed;
  const faults = [...findNameFaults(data), ...findReferenceFaults(data), ...findForkFaults(data)];
  if (faults.length > 0) {
    throw new SeedFaulty(faults);
  }
  return parsed.data;
}

function findNameFaults(seed: CheckedSeed): string[] {
  const accounts = [...seed.users, ...seed.organizations].map((account) => account.login.toLowerCase());
  const repositories = seed.repositories.map((one) => `${one.owner}/${one.name}`.toLowerCase());
  return [
    ...findTwins(accounts).map((name) => `users, organizations: the login "${name}" is given twice`),
    ...findTwins(repositories).map((name) => `repositories: "${name}" is given twice`),
    ...findTwins(seed.installations.map((one) => String(one.id))).map(
      (id) => `installations: id ${id} is given twice`,
    ),
    ...accounts
      .filter((name) => RESERVED.has(name))
      .map((name) => `the login "${name}" is reserved for the API`),
  ];
}

function findReferenceFaults(seed: CheckedSeed): string[] {
  const users = new Set(seed.users.map((user) => user.login.toLowerCase()));
  const accounts = new Set([...users, ...seed.organizations.map((one) => one.login.toLowerCase())]);
  const repositories = new Set(seed.repositories.map((one) => `${one.owner}/${one.name}`.toLowerCase()));
  const faults: string[] = [];
  function expect(known: ReadonlySet<string>, name: string, place: string): void {
    if (!known.has(name.toLowerCase())) {
      faults.push(`${place}: "${name}" is not in the seed`);
    }
  }
  seed.organizations.forEach((organization, index) => {
    for (const name of [
      ...organization.members,
      ...organization.owners,
      ...Object.values(organization.teams).flat(),
    ]) {
      expect(users, name, `organizations.${index}`);
    }
  });
  seed.repositories.forEach((repository, index) => {
    expect(accounts, repository.owner, `repositories.${index}.owner`);
    if (repository.forkOf !== undefined) {
      expect(repositories, repository.forkOf, `repositories.${index}.forkOf`);
    }
    for (const name of Object.keys(repository.roles)) {
      expect(users, name, `repositories.${index}.roles`);
    }
  });
  seed.installations.forEach((installation, index) => {
    expect(accounts, installation.account, `installations.${index}.account`);
    for (const name of installation.repositories ?? []) {
      expect(repositories, name, `installations.${index}.repositories`);
    }
  });
  for (const name of Object.values(seed.tokens)) {
    expect(users, name, 'tokens');
  }
  if (seed.app.owner !== undefined) {
    expect(accounts, seed.app.owner, 'app.owner');
  }
  return faults;
}

function findForkFaults(seed: CheckedSeed): string[] {
  const parents = new Map(
    seed.repositories.map((one) => [`${one.owner}/${one.name}`.toLowerCase(), one.forkOf?.toLowerCase()]),
  );
  return seed.repositories.flatMap((repository, index) => {
    if (repository.forkOf === undefined) {
      return [];
    }
    const place = `repositories.${index}`;
    const own = repository.files ?? repository.directory;
    return [
      ...(own === undefined ? [] : [`${place}: a fork has the files of "${repository.forkOf}", not its own`]),
      ...(isInCircle(parents, `${repository.owner}/${repository.name}`.toLowerCase())
        ? [`${place}.forkOf: "${repository.forkOf}" is itself a fork of this one`]
        : []),
    ];
  });
}

function isInCircle(parents: ReadonlyMap<string, string | undefined>, start: string): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(start); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === start) {
      return true;
    }
    seen.add(at);
  }
  return false;
}

function findTwins(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
