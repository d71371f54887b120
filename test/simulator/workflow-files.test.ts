import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFork } from './support/open-fork.ts';
import { openPlayground, type Playground, REPO, statusOf, toSeed } from './support/open-playground.ts';

const WORKFLOW = '.github/workflows/ci.yml';
const REFUSAL = `(refusing to allow a GitHub App to create or update workflow \`${WORKFLOW}\` without \`workflows\` permission)`;

describe('src/simulator/server/judge-push.ts', () => {
  let play: Playground;
  let clone: string;
  let remote: string;

  beforeAll(async () => {
    play = await openPlayground();
    clone = join(play.directory, 'clone');
    remote = await toAppRemote(play);
    await play.git(['clone', '--quiet', remote, clone]);
    await mkdir(join(clone, '.github/workflows'), { recursive: true });
  });
  afterAll(() => play.close());

  async function toAppRemote(of: Playground): Promise<string> {
    const { data } = await of.app.rest.apps.createInstallationAccessToken({ installation_id: 9001 });
    return of.remote(data.token);
  }

  async function start(branch: string): Promise<void> {
    await play.git(['fetch', '--quiet', remote, '+refs/heads/*:refs/remotes/origin/*'], clone);
    await play.git(['checkout', '--quiet', '--force', '-B', branch, 'origin/main'], clone);
  }

  async function commit(path: string, content: string): Promise<string> {
    await mkdir(join(clone, path, '..'), { recursive: true });
    await writeFile(join(clone, path), content);
    await play.git(['add', '-A'], clone);
    await play.git(['commit', '--quiet', '-m', `feat: ${path}`], clone);
    return play.git(['rev-parse', 'HEAD'], clone);
  }

  test('refuses the App a workflow file, also one taken back by a later commit, and keeps nothing of it', async () => {
    await start('refused');
    const sha = await commit(WORKFLOW, 'on: push\n');
    await play.git(['rm', '--quiet', WORKFLOW], clone);
    await commit('a.txt', '1\n');
    const before = play.simulator.ledger().length;
    await expect(play.git(['push', remote, 'refused'], clone)).rejects.toThrow(
      `! [remote rejected] refused -> refused ${REFUSAL}`,
    );
    expect(await statusOf(play.as('alice').rest.repos.getBranch({ ...REPO, branch: 'refused' }))).toBe(404);
    expect(await statusOf(play.as('alice').rest.git.getCommit({ ...REPO, commit_sha: sha }))).toBe(404);
    expect(play.simulator.ledger().length).toBe(before);
    const store = await readdir(join(play.directory, 'github/acme/shop.git'));
    expect(store.filter((name) => name.startsWith('quarantine'))).toEqual([]);
  });

  test('refuses all of a push of which one ref is at fault', async () => {
    await start('clean');
    await commit('b.txt', '1\n');
    await start('stained');
    await commit(WORKFLOW, 'on: push\n');
    await expect(play.git(['push', remote, 'clean', 'stained'], clone)).rejects.toThrow(
      'another ref of the same push was refused',
    );
    expect(await statusOf(play.as('alice').rest.repos.getBranch({ ...REPO, branch: 'clean' }))).toBe(404);
  });

  test('lets the App push everything else: large, by force, with options, and a deletion', async () => {
    await start('allowed');
    await commit('.github/dependabot.yml', 'version: 2\n');
    const rows = Array.from({ length: 300_000 }, (_, index) => (index * 2654435761) % 4294967296);
    await commit('large.txt', rows.join('\n'));
    await play.git(['push', '--quiet', '-o', 'ci.skip', remote, 'allowed'], clone);
    await play.git(['push', '--quiet', '--force', remote, 'origin/main:allowed'], clone);
    await play.git(['push', '--quiet', remote, ':allowed'], clone);
    const kinds = play.simulator.ledger().filter(({ kind }) => kind === 'git/push');
    expect(kinds.slice(-3).map(({ actor }) => actor)).toEqual(Array.from({ length: 3 }, () => 'baton[bot]'));
  });

  test('leaves a broken pack, and a client of few words, to git', async () => {
    const { token } = (await play.app.rest.apps.createInstallationAccessToken({ installation_id: 9001 }))
      .data;
    function post(body: string) {
      const url = `${play.simulator.url}/acme/shop.git/git-receive-pack`;
      const type = 'application/x-git-receive-pack-request';
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      return fetch(url, { method: 'POST', headers, body });
    }
    const line = `${'0'.repeat(40)} ${'a'.repeat(40)} refs/heads/broken\0report-status`;
    const length = (line.length + 4).toString(16).padStart(4, '0');
    expect(await (await post(`${length}${line}0000PACKnonsense`)).text()).toContain(
      'ng refs/heads/broken unpacker error',
    );
    expect((await post('0000')).status).toBe(200);
    expect(await statusOf(play.as('alice').rest.repos.getBranch({ ...REPO, branch: 'broken' }))).toBe(404);
  });

  test('lets the App branch from, and merge, workflow files that others have pushed', async () => {
    await start('feature');
    const feature = await commit('feature.txt', '1\n');
    await start('main');
    await commit(WORKFLOW, 'on: push\n');
    await play.git(['push', '--quiet', play.remote('alice-token'), 'main'], clone);
    await play.git(['push', '--quiet', remote, `${feature}:refs/heads/feature`], clone);
    await play.git(['checkout', '--quiet', 'feature'], clone);
    await play.git(['merge', '--quiet', '--no-edit', 'main'], clone);
    await play.git(['push', '--quiet', remote, 'feature'], clone);
    await commit(WORKFLOW, 'on: [push, pull_request]\n');
    await expect(play.git(['push', remote, 'feature'], clone)).rejects.toThrow(REFUSAL);
  });

  test('refuses the App the same over the API', async () => {
    const { rest } = play.installation;
    const fork = await openFork(play);
    await fork.git('checkout', '--quiet', '-B', 'workflow', 'origin/main');
    await mkdir(join(play.directory, 'clone-of-mallory/.github/workflows'), { recursive: true });
    const sha = await fork.commit('.github/workflows/theirs.yml');
    await fork.git('push', '--quiet', 'origin', 'workflow');
    const { number } = await fork.openPull('workflow');
    const file = { ...REPO, message: 'm', content: Buffer.from('on: push\n').toString('base64') };
    const write = { ...file, path: '.github/workflows/other.yml' };
    expect(await statusOf(rest.repos.createOrUpdateFileContents(write))).toBe(403);
    expect(await statusOf(play.as('alice').rest.repos.createOrUpdateFileContents(write))).toBe(201);
    expect(await statusOf(rest.git.createRef({ ...REPO, ref: 'refs/heads/theirs', sha }))).toBe(403);
    expect(await statusOf(rest.git.updateRef({ ...REPO, ref: 'heads/main', sha, force: true }))).toBe(403);
    await expect(rest.pulls.merge({ ...REPO, pull_number: number })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('refusing to allow a GitHub App'),
    });
    expect(await statusOf(play.as('alice').rest.pulls.merge({ ...REPO, pull_number: number }))).toBe(200);
  });

  test('lets an App with the permission push them', async () => {
    const seed = toSeed();
    const permitted = { ...seed.app.permissions, workflows: 'write' as const };
    const other = await openPlayground({ seed: { ...seed, app: { ...seed.app, permissions: permitted } } });
    await start('permitted');
    await commit(WORKFLOW, 'on: workflow_dispatch\n');
    await other.git(['push', '--quiet', await toAppRemote(other), 'permitted'], clone);
    const branch = { ...REPO, branch: 'permitted' };
    expect(await statusOf(other.as('alice').rest.repos.getBranch(branch))).toBe(200);
    await other.close();
  });

  test('goes by what the installation has granted, not by what the App asks for', async () => {
    const { app, installations = [], ...seed } = toSeed();
    const wanted = { ...app.permissions, workflows: 'write' as const };
    const other = await openPlayground({
      seed: {
        ...seed,
        app: { ...app, permissions: wanted },
        installations: installations.map((one) => ({ ...one, permissions: app.permissions })),
      },
    });
    const { rest } = other.app;
    const { data } = await rest.apps.getInstallation({ installation_id: 9001 });
    expect(data.permissions).not.toHaveProperty('workflows');
    const request = { installation_id: 9001, permissions: { workflows: 'write' as const } };
    expect(await statusOf(rest.apps.createInstallationAccessToken(request))).toBe(422);
    await start('ungranted');
    await commit(WORKFLOW, 'on: schedule\n');
    await expect(other.git(['push', await toAppRemote(other), 'ungranted'], clone)).rejects.toThrow(REFUSAL);
    await other.close();
  });
});
