import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSeed } from '../../src/simulator/check-seed.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import {
  openPlayground,
  type Playground,
  PRIVATE,
  REPO,
  statusOf,
  toSeed,
} from './support/open-playground.ts';

describe('src/simulator/operations/create-fork.ts', () => {
  let play: Playground;

  beforeAll(async () => {
    play = await openPlayground();
  });
  afterAll(() => play.close());

  test('gives a person a repository of their own, and tells the App on the parent', async () => {
    const { status, data } = await play.as('mallory').rest.repos.createFork(REPO);
    expect([status, data]).toMatchObject([
      202,
      {
        full_name: 'mallory/shop',
        fork: true,
        default_branch: 'main',
        parent: { full_name: 'acme/shop', forks_count: 1 },
        source: { full_name: 'acme/shop' },
        permissions: { push: true },
      },
    ]);
    const token = play.simulator.tokenOf('mallory');
    const main = await play.git(['ls-remote', play.remote(token, 'mallory/shop'), 'refs/heads/main']);
    expect(main).toBe(await play.git(['ls-remote', play.remote(token), 'refs/heads/main']));
    await play.simulator.settle();
    expect(play.receiver.received.at(-1)).toMatchObject({
      event: 'fork',
      sender: 'mallory',
      payload: { forkee: { full_name: 'mallory/shop' }, repository: { full_name: 'acme/shop' } },
    });
  });

  test('gives nobody a second one', async () => {
    const { data } = await play.as('mallory').rest.repos.createFork(REPO);
    expect(data.full_name).toBe('mallory/shop');
    expect((await play.as('alice').rest.repos.listForks(REPO)).data).toMatchObject([
      { full_name: 'mallory/shop' },
    ]);
  });

  test('keeps the source of a fork of a fork', async () => {
    const { data } = await play.as('tina').rest.repos.createFork({ owner: 'mallory', repo: 'shop' });
    expect(data).toMatchObject({
      full_name: 'tina/shop',
      parent: { full_name: 'mallory/shop' },
      source: { full_name: 'acme/shop' },
    });
  });

  test('goes into an organization for its members, under a name that is free', async () => {
    await play.as('bob').rest.repos.createFork({ ...REPO, name: 'mine' });
    const { data } = await play.as('bob').rest.repos.createFork({ ...REPO, organization: 'acme' });
    expect(data).toMatchObject({ full_name: 'acme/shop-1', parent: { full_name: 'acme/shop' } });
    expect(await statusOf(play.as('tina').rest.repos.createFork({ ...REPO, organization: 'acme' }))).toBe(
      403,
    );
  });

  test('is not for Apps, nor for who may not read the repository', async () => {
    expect(await statusOf(play.installation.rest.repos.createFork(REPO))).toBe(403);
    expect(await statusOf(play.as('mallory').rest.repos.createFork(PRIVATE))).toBe(404);
  });

  test('is not made of nothing', async () => {
    const empty = { owner: 'acme', repo: 'empty' };
    await expect(play.as('mallory').rest.repos.createFork(empty)).rejects.toThrow(/no Git content/);
  });

  test('keeps a private repository private, also from the App on its parent', async () => {
    const { data } = await play.as('alice').rest.repos.createFork(PRIVATE);
    expect(data).toMatchObject({ full_name: 'alice/vault', private: true });
    const fork = { owner: 'alice', repo: 'vault' };
    expect(await statusOf(play.installation.rest.repos.get(fork))).toBe(404);
    const { data: token } = await play.app.rest.apps.createInstallationAccessToken({ installation_id: 9001 });
    await expect(play.git(['ls-remote', play.remote(token.token, 'alice/vault')])).rejects.toThrow(
      /not found/,
    );
  });
});

describe('src/simulator/state/build-repositories.ts', () => {
  test('makes the forks of a seed, whatever their order', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'simulator-forks-'));
    const simulator = await startSimulator({
      directory,
      seed: {
        users: ['alice', 'bob'],
        repositories: [
          { owner: 'bob', name: 'shop', forkOf: 'alice/shop', roles: { alice: 'write' } },
          { owner: 'alice', name: 'shop', defaultBranch: 'trunk', files: { 'README.md': '# shop\n' } },
        ],
        app: { slug: 'baton', webhookSecret: 's', permissions: {} },
      },
    });
    const answer = await fetch(`${simulator.url}/repos/bob/shop/contents/README.md?ref=trunk`, {
      headers: { accept: 'application/vnd.github.raw' },
    });
    expect(await answer.text()).toBe('# shop\n');
    await simulator.stop();
    await rm(directory, { recursive: true });
  });

  test('refuses a fork of itself, of nothing, and one with files of its own', () => {
    const repositories = [
      { owner: 'mallory', name: 'a', forkOf: 'mallory/b' },
      { owner: 'mallory', name: 'b', forkOf: 'mallory/a' },
      { owner: 'mallory', name: 'c', forkOf: 'acme/none' },
      { owner: 'mallory', name: 'shop', forkOf: 'acme/shop', files: { a: 'b' } },
    ];
    const seed = toSeed();
    expect(() =>
      checkSeed({ ...seed, repositories: [...(seed.repositories ?? []), ...repositories] }),
    ).toThrow(
      expect.objectContaining({
        faults: [
          'repositories.6.forkOf: "acme/none" is not in the seed',
          'repositories.4.forkOf: "mallory/b" is itself a fork of this one',
          'repositories.5.forkOf: "mallory/a" is itself a fork of this one',
          'repositories.7: a fork has the files of "acme/shop", not its own',
        ],
      }),
    );
  });
});
