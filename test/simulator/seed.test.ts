import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSeed } from '../../src/simulator/check-seed.ts';
import { readSeed } from '../../src/simulator/read-seed.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';

describe('src/simulator/check-seed.ts', () => {
  const app = { slug: 'baton', webhookSecret: 's', permissions: {} };

  test('reports every fault of form together', () => {
    const seed = {
      users: ['not a login'],
      repositories: [{ owner: 'alice', name: 'a/b', roles: { bob: 'king' } }],
      app: { slug: 'Baton', webhookSecret: '', permissions: { issues: 'admin' } },
      extra: 1,
    };
    expect(() => checkSeed(seed)).toThrow(
      expect.objectContaining({
        faults: expect.arrayContaining([
          expect.stringContaining('users.0'),
          expect.stringContaining('repositories.0.name'),
          expect.stringContaining('repositories.0.roles.bob'),
          expect.stringContaining('app.slug'),
          expect.stringContaining('app.webhookSecret'),
          expect.stringContaining('app.permissions.issues'),
          expect.stringContaining('extra'),
        ]),
      }),
    );
  });

  test('reports every name that leads nowhere together', () => {
    const seed = {
      users: ['alice', 'Alice', 'repos'],
      organizations: [{ login: 'acme', members: ['ghost'] }],
      repositories: [{ owner: 'nobody', name: 'shop', roles: { ghost: 'write' } }],
      app: { ...app, owner: 'nobody' },
      installations: [
        { id: 1, account: 'nobody', repositories: ['acme/none'] },
        { id: 1, account: 'acme' },
      ],
      tokens: { t: 'ghost' },
    };
    expect(() => checkSeed(seed)).toThrow(
      expect.objectContaining({
        faults: [
          'users, organizations: the login "alice" is given twice',
          'installations: id 1 is given twice',
          'the login "repos" is reserved for the API',
          'organizations.0: "ghost" is not in the seed',
          'repositories.0.owner: "nobody" is not in the seed',
          'repositories.0.roles: "ghost" is not in the seed',
          'installations.0.account: "nobody" is not in the seed',
          'installations.0.repositories: "acme/none" is not in the seed',
          'tokens: "ghost" is not in the seed',
          'app.owner: "nobody" is not in the seed',
        ],
      }),
    );
  });
});

describe('src/simulator/read-seed.ts', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-seed-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  async function read(text: string) {
    const path = join(directory, 'seed.yaml');
    await writeFile(path, text);
    return readSeed(path);
  }

  test('reads the example', async () => {
    const seed = await readSeed(join(import.meta.dirname, '../../examples/simulator-seed.yaml'));
    expect(seed.repositories.map(({ owner, name }) => `${owner}/${name}`)).toEqual(['acme/shop']);
  });

  test('says where a file is no YAML, or that there is none', async () => {
    await expect(read('users:\n  - a\n b: [')).rejects.toThrow(/line \d/);
    await expect(readSeed(join(directory, 'none.yaml'))).rejects.toThrow(/cannot be read.*--seed/);
  });

  test('imports a directory beside the file, with modes and links, and lays files over it', async () => {
    await mkdir(join(directory, 'project/bin'), { recursive: true });
    await mkdir(join(directory, 'project/node_modules/x'), { recursive: true });
    await writeFile(join(directory, 'project/node_modules/x/index.js'), '');
    await writeFile(join(directory, 'project/bin/run "it".sh'), '#!/bin/sh\n', { mode: 0o755 });
    await writeFile(join(directory, 'project/README.md'), 'old');
    await symlink('README.md', join(directory, 'project/link'));
    const seed = await read(
      [
        'users: [alice]',
        'repositories: [{ owner: alice, name: own, directory: project, files: { README.md: "new" } }]',
        'app: { slug: baton, webhookSecret: s, permissions: {} }',
      ].join('\n'),
    );
    const simulator = await startSimulator({ seed, directory: join(directory, 'github') });
    const answer = await fetch(`${simulator.url}/repos/alice/own/git/trees/main?recursive=1`);
    const { tree }: { tree: { mode: string; type: string; path: string }[] } = JSON.parse(
      await answer.text(),
    );
    expect(tree.filter(({ type }) => type === 'blob').map(({ mode, path }) => `${mode} ${path}`)).toEqual([
      '100644 README.md',
      '100755 bin/run "it".sh',
      '120000 link',
    ]);
    const raw = await fetch(`${simulator.url}/repos/alice/own/contents/README.md`, {
      headers: { accept: 'application/vnd.github.raw' },
    });
    expect(await raw.text()).toBe('new');
    await simulator.stop();
  });
});
