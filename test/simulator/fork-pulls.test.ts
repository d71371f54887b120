import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Fork, openFork } from './support/open-fork.ts';
import {
  commitFile,
  openPlayground,
  type Playground,
  REPO,
  statusOf,
  toSeed,
} from './support/open-playground.ts';

describe('src/simulator/webhooks/emit.ts', () => {
  test('tells each installation of its own repository', async () => {
    const seed = toSeed();
    const installations = [...(seed.installations ?? []), { id: 9003, account: 'mallory' }];
    const play = await openPlayground({ seed: { ...seed, installations } });
    const fork = await openFork(play);
    await fork.pushBranch('told');
    await fork.openPull('told');
    await fork.commit('more.txt');
    await fork.git('push', '--quiet', 'origin', 'told');
    await play.simulator.settle();
    const heard = play.receiver.received.map(({ event, action, payload }) => {
      const { repository, installation } = z
        .object({ repository: z.object({ full_name: z.string() }), installation: z.object({ id: z.int() }) })
        .parse(payload);
      return `${installation.id} ${repository.full_name} ${action === undefined ? event : `${event}.${action}`}`;
    });
    expect(heard).toEqual([
      '9001 acme/shop fork',
      '9003 mallory/shop create',
      '9003 mallory/shop push',
      '9003 mallory/shop check_suite.requested',
      '9001 acme/shop pull_request.opened',
      '9003 mallory/shop push',
      '9001 acme/shop pull_request.synchronize',
      '9003 mallory/shop check_suite.requested',
    ]);
    await play.close();
  });
});

describe('src/simulator (pull requests from forks)', () => {
  let play: Playground;
  let fork: Fork;

  beforeAll(async () => {
    play = await openPlayground();
    fork = await openFork(play);
  });
  beforeEach(async () => {
    await play.simulator.settle();
    play.receiver.received.length = 0;
  });
  afterAll(() => play.close());

  async function readRef(ref: string): Promise<string> {
    const { data } = await play.app.rest.apps.createInstallationAccessToken({ installation_id: 9001 });
    return (await play.git(['ls-remote', play.remote(data.token), ref])).split('\t')[0] ?? '';
  }
  function get(number: number) {
    return play.installation.rest.pulls.get({ ...REPO, pull_number: number });
  }
  async function hear() {
    await play.simulator.settle();
    return play.receiver.received.filter(({ event }) => event === 'pull_request');
  }

  test('opens with its head in the fork, and is told to the App on the base alone', async () => {
    const sha = await fork.pushBranch('opened');
    await play.simulator.settle();
    expect(play.receiver.names()).toEqual([]);
    const pull = await fork.openPull('opened', { draft: true });
    expect(pull).toMatchObject({
      head: { label: 'mallory:opened', ref: 'opened', sha, repo: { full_name: 'mallory/shop', fork: true } },
      base: { label: 'acme:main', repo: { full_name: 'acme/shop', fork: false } },
      user: { login: 'mallory' },
      author_association: 'FIRST_TIME_CONTRIBUTOR',
      maintainer_can_modify: true,
      draft: true,
      commits: 1,
      changed_files: 1,
      mergeable: true,
    });
    expect(await hear()).toMatchObject([
      {
        action: 'opened',
        sender: 'mallory',
        payload: {
          installation: { id: 9001 },
          repository: { full_name: 'acme/shop' },
          pull_request: { head: { sha, repo: { full_name: 'mallory/shop' } } },
        },
      },
    ]);
  });

  test('is read by review with the token of the base', async () => {
    const sha = await fork.pushBranch('read');
    const { number } = await fork.openPull('read');
    const pull = { ...REPO, pull_number: number };
    const { rest } = play.installation;
    expect((await rest.pulls.listFiles(pull)).data).toMatchObject([
      { filename: 'read.txt', status: 'added' },
    ]);
    expect((await rest.pulls.listCommits(pull)).data).toMatchObject([{ sha }]);
    const { data: listed } = await rest.pulls.list({ ...REPO, head: 'mallory:read' });
    expect(listed.map((one) => one.number)).toEqual([number]);
    expect((await rest.pulls.list({ ...REPO, head: 'acme:read' })).data).toEqual([]);
    const { data: compared } = await rest.repos.compareCommitsWithBasehead({
      ...REPO,
      basehead: 'main...mallory:read',
    });
    expect(compared).toMatchObject({ status: 'ahead', commits: [{ sha }] });
    const elsewhere = { ...REPO, basehead: 'main...tina:read' };
    expect(await statusOf(rest.repos.compareCommitsWithBasehead(elsewhere))).toBe(404);
    const { data: branches } = await rest.repos.listBranches(REPO);
    expect(branches.map(({ name }) => name)).toEqual(['main']);
  });

  test('takes check runs on its head, which know of no pull request, as on GitHub', async () => {
    const sha = await fork.pushBranch('checked');
    const create = { ...REPO, name: 'gates', head_sha: sha, conclusion: 'success' as const };
    expect(await statusOf(play.installation.rest.checks.create(create))).toBe(422);
    await fork.openPull('checked');
    const { data: run } = await play.installation.rest.checks.create(create);
    expect(run).toMatchObject({ head_sha: sha, pull_requests: [] });
    const { data } = await play.installation.rest.checks.listForRef({ ...REPO, ref: sha });
    expect(data.check_runs.map(({ id }) => id)).toEqual([run.id]);
    const { data: suites } = await play.installation.rest.checks.listSuitesForRef({ ...REPO, ref: sha });
    expect(suites.check_suites).toMatchObject([{ head_branch: null }]);
  });

  test('keeps its head and its test merge fetchable from the base, as the fork is pushed to', async () => {
    const first = await fork.pushBranch('followed');
    const { number } = await fork.openPull('followed');
    expect(await readRef(`refs/pull/${number}/head`)).toBe(first);
    const second = await fork.commit('more.txt');
    await fork.git('push', '--quiet', 'origin', 'followed');
    expect(await readRef(`refs/pull/${number}/head`)).toBe(second);
    const { data } = await get(number);
    expect(data).toMatchObject({ head: { sha: second }, commits: 2 });
    const merge = await readRef(`refs/pull/${number}/merge`);
    expect(merge).toBe(data.merge_commit_sha);
    const { data: commit } = await play.installation.rest.git.getCommit({ ...REPO, commit_sha: merge });
    expect(commit.parents.map((parent) => parent.sha)).toEqual([data.base.sha, second]);
    expect((await hear()).slice(1)).toMatchObject([
      { action: 'synchronize', sender: 'mallory', payload: { number, before: first, after: second } },
    ]);
  });

  test('gives its test merge up while it conflicts', async () => {
    await fork.pushBranch('contested');
    const { number } = await fork.openPull('contested');
    const path = 'contested.txt';
    await commitFile(play.installation, { branch: 'rival', path, content: 'other\n' });
    const rival = await play.installation.rest.git.getRef({ ...REPO, ref: 'heads/rival' });
    await play.installation.rest.git.updateRef({ ...REPO, ref: 'heads/main', sha: rival.data.object.sha });
    await play.installation.rest.git.deleteRef({ ...REPO, ref: 'heads/rival' });
    expect((await get(number)).data).toMatchObject({ mergeable: false, merge_commit_sha: null });
    expect(await readRef(`refs/pull/${number}/merge`)).toBe('');
  });

  test('has a head that nobody can push to', async () => {
    await fork.pushBranch('guarded');
    const { number } = await fork.openPull('guarded');
    const refused = play.git(
      ['push', play.remote('alice-token'), `HEAD:refs/pull/${number}/head`],
      `${play.directory}/clone-of-mallory`,
    );
    await expect(refused).rejects.toThrow(/hidden ref/);
    const create = { ...REPO, ref: 'refs/pull/99/head', sha: (await get(number)).data.head.sha };
    expect(await statusOf(play.as('alice').rest.git.createRef(create))).toBe(422);
    expect(await statusOf(play.as('alice').rest.git.deleteRef({ ...REPO, ref: `pull/${number}/head` }))).toBe(
      422,
    );
  });

  test('opens, changes and closes in the words of GitHub', async () => {
    await fork.pushBranch('lived');
    const { number, node_id: id } = await fork.openPull('lived', { draft: true });
    const pull = { ...REPO, pull_number: number };
    await fork.client.rest.pulls.update({ ...pull, title: 'Renamed' });
    await play
      .as('alice')
      .graphql(
        'mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }',
        { id },
      );
    await fork.client.rest.pulls.update({ ...pull, state: 'closed' });
    await fork.client.rest.pulls.update({ ...pull, state: 'open' });
    const heard = await hear();
    expect(heard.map(({ action, sender }) => [action, sender])).toEqual([
      ['opened', 'mallory'],
      ['edited', 'mallory'],
      ['ready_for_review', 'alice'],
      ['closed', 'mallory'],
      ['reopened', 'mallory'],
    ]);
    expect(heard[1]?.payload).toMatchObject({ changes: { title: { from: 'From mallory:lived' } } });
  });

  test('makes a contributor of its author once it is merged', async () => {
    await fork.pushBranch('merged');
    const { number } = await fork.openPull('merged');
    await play.as('alice').rest.pulls.merge({ ...REPO, pull_number: number });
    const { data } = await play.as('alice').rest.repos.getCommit({ ...REPO, ref: 'main' });
    expect(data.commit.message).toMatch(`Merge pull request #${number} from mallory/merged`);
    expect((await get(number)).data).toMatchObject({ merged: true, author_association: 'CONTRIBUTOR' });
    const { data: issue } = await fork.client.rest.issues.create({ ...REPO, title: 'Again' });
    expect(issue.author_association).toBe('CONTRIBUTOR');
  });

  test('comes only from the network, by who may see and share it', async () => {
    const base = { ...REPO, title: 'T', base: 'main' };
    await fork.pushBranch('shared');
    function open(
      login: string,
      more: { head: string; head_repo?: string; maintainer_can_modify?: boolean },
    ) {
      return play.as(login).rest.pulls.create({ ...base, ...more });
    }
    expect(await statusOf(open('mallory', { head: 'tina:shared' }))).toBe(422);
    expect(await statusOf(open('mallory', { head: 'mallory:shared', head_repo: 'other' }))).toBe(422);
    await expect(open('alice', { head: 'mallory:shared' })).rejects.toThrow(/Fork collab can't be granted/);
    const { data } = await open('alice', { head: 'mallory:shared', maintainer_can_modify: false });
    expect(data).toMatchObject({ user: { login: 'alice' }, maintainer_can_modify: false });
    const theirs = { ...REPO, pull_number: data.number, maintainer_can_modify: true };
    expect((await play.as('bob').rest.pulls.update(theirs)).data.maintainer_can_modify).toBe(false);
    await expect(open('mallory', { head: 'mallory:shared' })).rejects.toThrow(
      /already exists for mallory:shared/,
    );
  });
});
