import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPlayground, type Playground, REPO, statusOf } from './support/open-playground.ts';

describe('src/simulator/operations/follow-pulls.ts', () => {
  let play: Playground;
  let clone: string;

  beforeAll(async () => {
    play = await openPlayground();
    clone = join(play.directory, 'clone');
    await git('clone', '--quiet', play.remote('alice-token'), clone);
  });
  beforeEach(async () => {
    await play.simulator.settle();
    play.receiver.received.length = 0;
  });
  afterAll(() => play.close());

  function git(...args: string[]): Promise<string> {
    return play.git(args, args[0] === 'clone' ? play.directory : clone);
  }

  async function commit(name: string): Promise<string> {
    await writeFile(join(clone, name), `${name}\n`);
    await git('add', '-A');
    await git('commit', '--quiet', '-m', `feat: ${name}`);
    return git('rev-parse', 'HEAD');
  }

  /** A pull request from a branch of two commits, opened by the App. */
  async function openPull(branch: string) {
    await git('fetch', '--quiet', 'origin');
    await git('checkout', '--quiet', '-B', branch, 'origin/main');
    const first = await commit(`${branch}-1.txt`);
    const second = await commit(`${branch}-2.txt`);
    await git('push', '--quiet', 'origin', branch);
    const wanted = { ...REPO, title: branch, head: branch, base: 'main' };
    const { data } = await play.installation.rest.pulls.create(wanted);
    return { pull: { ...REPO, pull_number: data.number }, first, second };
  }

  function pushWithLease(branch: string, seen: string, to: string): Promise<string> {
    const lease = `--force-with-lease=refs/heads/${branch}:${seen}`;
    return git('push', '--quiet', lease, 'origin', `${to}:refs/heads/${branch}`);
  }

  function reopen(pull: { owner: string; repo: string; pull_number: number }) {
    return play.as('alice').rest.pulls.update({ ...pull, state: 'open' });
  }

  async function hear(): Promise<string[]> {
    await play.simulator.settle();
    return play.receiver.received
      .filter(({ event }) => event === 'pull_request')
      .map(({ action }) => action ?? '');
  }

  async function listEvents(pull: { owner: string; repo: string; pull_number: number }) {
    const { data } = await play.installation.rest.issues.listEvents({
      ...pull,
      issue_number: pull.pull_number,
    });
    return data.map(({ event }) => event);
  }

  test('a head reset to an earlier commit is synchronized back', async () => {
    const { pull, first, second } = await openPull('reset');
    await pushWithLease('reset', second, first);
    const { data } = await play.installation.rest.pulls.get(pull);
    expect(data).toMatchObject({ state: 'open', head: { sha: first }, commits: 1 });
    expect(await git('ls-remote', 'origin', `refs/pull/${pull.pull_number}/head`)).toMatch(first);
    expect(await hear()).toEqual(['opened', 'synchronize']);
    const push = play.receiver.received.findLast(({ event }) => event === 'push');
    expect(push?.payload).toMatchObject({ ref: 'refs/heads/reset', forced: true });
    const moved = play.receiver.received.find(({ action }) => action === 'synchronize');
    expect(moved?.payload).toMatchObject({ before: second, after: first });
    expect(await listEvents(pull)).toContain('head_ref_force_pushed');
  });

  test('a lease on what is no longer there is refused, and changes nothing', async () => {
    const { pull, first, second } = await openPull('leased');
    await expect(pushWithLease('leased', first, first)).rejects.toThrow(/stale info/);
    expect((await play.installation.rest.pulls.get(pull)).data.head.sha).toBe(second);
    expect(await hear()).toEqual(['opened']);
  });

  test('a head that has become its base closes, and opens again with new commits', async () => {
    const { pull, second } = await openPull('emptied');
    const main = await git('rev-parse', 'origin/main');
    await pushWithLease('emptied', second, main);
    const { data } = await play.installation.rest.pulls.get(pull);
    expect(data).toMatchObject({ state: 'closed', merged: false, head: { sha: main } });
    expect(await hear()).toEqual(['opened', 'closed']);
    await expect(reopen(pull)).rejects.toThrow(/There are no new commits on the acme:emptied branch/);
    await git('reset', '--quiet', '--hard', main);
    const next = await commit('emptied-3.txt');
    await pushWithLease('emptied', main, next);
    expect((await reopen(pull)).data).toMatchObject({ state: 'open', head: { sha: next }, commits: 1 });
    expect(await hear()).toEqual(['opened', 'closed', 'reopened']);
  });

  test('a head that is deleted closes, and opens again only where it was', async () => {
    const { pull, first, second } = await openPull('deleted');
    await git('push', '--quiet', `--force-with-lease=refs/heads/deleted:${second}`, 'origin', ':deleted');
    const { data } = await play.installation.rest.pulls.get(pull);
    expect(data).toMatchObject({ state: 'closed', merged: false, head: { ref: 'deleted', sha: second } });
    expect(await hear()).toEqual(['opened', 'closed']);
    expect(await listEvents(pull)).toContain('head_ref_deleted');
    await expect(reopen(pull)).rejects.toThrow(/The deleted branch has been deleted/);
    await git('push', '--quiet', 'origin', `${first}:refs/heads/deleted`);
    await expect(reopen(pull)).rejects.toThrow(/was force-pushed or recreated/);
    await git('push', '--quiet', 'origin', `${second}:refs/heads/deleted`);
    expect((await reopen(pull)).data.state).toBe('open');
  });

  test('a head of another history closes', async () => {
    const { pull } = await openPull('orphaned');
    await git('checkout', '--quiet', '--orphan', 'elsewhere');
    await commit('elsewhere.txt');
    await git('push', '--quiet', '--force', 'origin', 'HEAD:orphaned');
    expect((await play.installation.rest.pulls.get(pull)).data.state).toBe('closed');
    expect(await hear()).toEqual(['opened', 'closed']);
  });

  test('a base that is deleted closes, one that is exchanged is an edit', async () => {
    const { pull, second } = await openPull('based');
    const main = await git('rev-parse', 'origin/main');
    await git('push', '--quiet', 'origin', `${main}:refs/heads/release`, `${second}:refs/heads/ahead`);
    for (const base of ['ahead', 'nowhere']) {
      expect(await statusOf(play.as('alice').rest.pulls.update({ ...pull, base }))).toBe(422);
    }
    await play.as('alice').rest.pulls.update({ ...pull, base: 'release' });
    const { data } = await play.installation.rest.pulls.get(pull);
    expect(data).toMatchObject({ base: { ref: 'release', sha: main } });
    await play.simulator.settle();
    const edited = play.receiver.received.find(({ action }) => action === 'edited');
    expect(edited?.payload).toMatchObject({
      changes: { base: { ref: { from: 'main' }, sha: { from: main } } },
    });
    await git('push', '--quiet', 'origin', ':release');
    expect((await play.installation.rest.pulls.get(pull)).data.state).toBe('closed');
    expect(await statusOf(reopen(pull))).toBe(422);
    expect(await hear()).toEqual(['opened', 'edited', 'closed']);
  });

  test('a merged one stays closed, and two of the same branches are never open', async () => {
    const { pull } = await openPull('twice');
    await play.as('alice').rest.pulls.update({ ...pull, state: 'closed' });
    const wanted = { ...REPO, title: 'Again', head: 'twice', base: 'main' };
    const { data: again } = await play.installation.rest.pulls.create(wanted);
    await expect(reopen(pull)).rejects.toThrow(/already exists for acme:twice/);
    await play.as('alice').rest.pulls.merge({ ...REPO, pull_number: again.number });
    expect(await statusOf(reopen({ ...REPO, pull_number: again.number }))).toBe(422);
  });
});
