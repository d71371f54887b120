import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlayground, type Playground, REPO } from './support/open-playground.ts';

describe('src/simulator/server/serve-git.ts', () => {
  let play: Playground;
  let clone: string;

  beforeAll(async () => {
    play = await openPlayground();
    clone = join(play.directory, 'clone');
    await play.git(['clone', '--quiet', play.remote('alice-token'), clone]);
  });
  afterAll(() => play.close());

  async function commit(name: string, content: string): Promise<string> {
    await writeFile(join(clone, name), content);
    await play.git(['add', '-A'], clone);
    await play.git(['commit', '--quiet', '-m', `feat: ${name}`], clone);
    return play.git(['rev-parse', 'HEAD'], clone);
  }

  test('clones what the seed holds', async () => {
    expect(await readFile(join(clone, 'src/total.js'), 'utf8')).toBe('export const total = 0;\n');
  });

  test('announces a push of a new branch, of more commits, by force, and its end', async () => {
    const start = play.receiver.received.length;
    const before = play.simulator.ledger().length;
    await play.git(['checkout', '--quiet', '-b', 'topic/one'], clone);
    const first = await commit('a.txt', '1\n');
    await play.git(['push', '--quiet', 'origin', 'topic/one'], clone);
    await commit('b.txt', '2\n');
    await play.git(['push', '--quiet', 'origin', 'topic/one'], clone);
    await play.git(['reset', '--quiet', '--hard', 'origin/main'], clone);
    await commit('c.txt', '3\n');
    await play.git(['push', '--quiet', '--force', 'origin', 'topic/one'], clone);
    await play.git(['push', '--quiet', 'origin', ':topic/one'], clone);
    await play.simulator.settle();
    const heard = play.receiver.received.slice(start).filter(({ event }) => event !== 'check_suite');
    expect(heard.map(({ event }) => event)).toEqual(['create', 'push', 'push', 'push', 'delete', 'push']);
    const pushes = heard.filter(({ event }) => event === 'push').map(({ payload }) => payload);
    expect(pushes.map(({ created, forced, deleted }) => [created, forced, deleted])).toEqual([
      [true, false, false],
      [false, false, false],
      [false, true, false],
      [false, false, true],
    ]);
    expect(pushes[0]).toMatchObject({
      after: first,
      commits: [{ id: first, message: 'feat: a.txt', added: ['a.txt'], removed: [], modified: [] }],
    });
    const written = play.simulator.ledger().slice(before);
    expect(written.map(({ kind, actor }) => [kind, actor])).toEqual(
      Array.from({ length: 4 }, () => ['git/push', 'alice']),
    );
    expect(written[0]?.body).toMatchObject({ ref: 'refs/heads/topic/one', after: first });
  });

  test('lets the App push with its token, and shows the same through the API', async () => {
    const { data } = await play.app.rest.apps.createInstallationAccessToken({ installation_id: 9001 });
    await play.git(['checkout', '--quiet', '-B', 'baton/1', 'origin/main'], clone);
    const sha = await commit('by-app.txt', 'x\n');
    await play.git(['push', '--quiet', play.remote(data.token), 'baton/1'], clone);
    const { data: ref } = await play.installation.rest.git.getRef({ ...REPO, ref: 'heads/baton/1' });
    expect(ref.object.sha).toBe(sha);
    await play.simulator.settle();
    expect(play.receiver.received.at(-1)).toMatchObject({ sender: 'baton[bot]' });
    await play.installation.rest.repos.createOrUpdateFileContents({
      ...REPO,
      branch: 'baton/1',
      path: 'by-api.txt',
      message: 'feat: over the API',
      content: Buffer.from('y\n').toString('base64'),
    });
    await play.git(['pull', '--quiet', '--ff-only', 'origin', 'baton/1'], clone);
    expect(await readFile(join(clone, 'by-api.txt'), 'utf8')).toBe('y\n');
  });

  test('refuses wrong credentials, missing ones and missing rights', async () => {
    function push(remote: string) {
      return play.git(['push', remote, 'HEAD:refs/heads/refused'], clone);
    }
    await expect(push(play.remote('wrong'))).rejects.toThrow(/Authentication failed/);
    await expect(push(`${play.simulator.url}/acme/shop.git`)).rejects.toThrow(/could not read Username/);
    await expect(push(play.remote(play.simulator.tokenOf('mallory')))).rejects.toThrow(/403/);
    // git sends its credentials only when it is asked for them, which a public repository never does.
    const wrong = await fetch(`${play.simulator.url}/acme/shop.git/info/refs?service=git-upload-pack`, {
      headers: { authorization: `Basic ${Buffer.from('x:wrong').toString('base64')}` },
    });
    expect(wrong.status).toBe(401);
    await expect(
      play.git(['ls-remote', play.remote(play.simulator.tokenOf('mallory'), 'vault')]),
    ).rejects.toThrow(/not found/);
    expect(await play.git(['ls-remote', `${play.simulator.url}/acme/shop.git`, 'refs/heads/main'])).toMatch(
      /main$/,
    );
  });

  test('carries a push of some megabytes and a shallow clone', async () => {
    await play.git(['checkout', '--quiet', '-B', 'large', 'origin/main'], clone);
    await commit(
      'large.bin',
      Array.from({ length: 300_000 }, (_, index) => (index * 2654435761) % 4294967296).join('\n'),
    );
    await play.git(['push', '--quiet', 'origin', 'large'], clone);
    const shallow = join(play.directory, 'shallow');
    const from = play.remote('alice-token');
    await play.git(['clone', '--quiet', '--depth', '1', '--branch', 'large', from, shallow]);
    expect(await play.git(['rev-list', '--count', 'HEAD'], shallow)).toBe('1');
  });

  test('loses the answer to a push that was accepted, when told to', async () => {
    await play.git(['checkout', '--quiet', '-B', 'lost', 'origin/main'], clone);
    const sha = await commit('lost.txt', '1\n');
    play.simulator.inject({ path: /git-receive-pack$/, method: 'POST', status: 'reset', when: 'after' });
    await expect(play.git(['push', 'origin', 'lost'], clone)).rejects.toThrow();
    const { data } = await play.as('alice').rest.git.getRef({ ...REPO, ref: 'heads/lost' });
    expect(data.object.sha).toBe(sha);
  });
});
