import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openGithub } from '../support/open-github.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;

describe('src/github/publish/ensure-pull-request.ts', () => {
  let github: Github;
  let head = '';
  let count = 0;
  const here = { owner: 'ada', repo: 'shop' };

  beforeAll(async () => {
    github = await openGithub();
  });
  afterAll(async () => {
    await github.close();
  });
  beforeEach(async () => {
    count += 1;
    head = `baton/1-prices-${count}`;
    const { data: main } = await github.ada.rest.git.getRef({ ...here, ref: 'heads/main' });
    const { data: base } = await github.ada.rest.git.getCommit({ ...here, commit_sha: main.object.sha });
    const commit = { ...here, message: 'Change', tree: base.tree.sha, parents: [base.sha] };
    const { data: change } = await github.ada.rest.git.createCommit(commit);
    await github.ada.rest.git.createRef({ ...here, ref: `refs/heads/${head}`, sha: change.sha });
  });

  function ensure(body: string, title = 'Show prices') {
    return github.codeHost.ensure(github.subject, `run-${count}`, {
      kind: 'pull-request',
      key: 'pull-request',
      head,
      base: 'main',
      title,
      body,
    });
  }

  async function ours() {
    return (await github.ada.rest.pulls.list({ ...here, head: `ada:${head}`, state: 'all' })).data;
  }

  test('opens it once and keeps its section up to date', async () => {
    const { number } = await ensure('one');
    expect(await ensure('two')).toMatchObject({ number });
    expect(await ours()).toMatchObject([
      { number, title: 'Show prices', body: expect.stringContaining('\ntwo\n') },
    ]);
  });

  test('keeps the title and the text that people wrote', async () => {
    const { number } = await ensure('one');
    const body = `Mine.\n\n${(await ours())[0]?.body}\n\nMine too.`;
    await github.ada.rest.pulls.update({ ...here, pull_number: number, title: 'Better', body });
    await ensure('two', 'Show prices in euros');
    expect(await ours()).toMatchObject([
      { title: 'Better', body: expect.stringMatching(/^Mine\.\n\n<!-- [^]*\ntwo\n[^]* -->\n\nMine too\.$/) },
    ]);
  });

  test('adds its section to a body that was cleared', async () => {
    const { number } = await ensure('one');
    await github.ada.rest.pulls.update({ ...here, pull_number: number, body: 'Only mine.' });
    await ensure('two');
    expect((await ours())[0]?.body).toMatch(/^Only mine\.\n\n<!-- [^]*\ntwo\n/);
  });

  test('finds it when the answer to the opening is lost, also when it was closed since', async () => {
    github.simulator.inject({ method: 'POST', path: /\/pulls$/, when: 'after', status: 502 });
    await expect(ensure('one')).rejects.toThrow();
    const number = (await ours())[0]?.number ?? 0;
    await github.ada.rest.pulls.update({ ...here, pull_number: number, state: 'closed' });
    expect(await ensure('one')).toMatchObject({ number });
    expect(await ours()).toHaveLength(1);
  });

  test('takes over the one that exists for its branch', async () => {
    const { data: mine } = await github.ada.rest.pulls.create({
      ...here,
      head,
      base: 'main',
      title: 'By hand',
      body: 'Hm.',
    });
    expect(await ensure('one')).toMatchObject({ number: mine.number });
    expect(await ours()).toMatchObject([
      { title: 'By hand', body: expect.stringMatching(/^Hm\.[^]*\none\n/) },
    ]);
  });

  test('says what GitHub has against it', async () => {
    await github.ada.rest.git.deleteRef({ ...here, ref: `heads/${head}` });
    await expect(ensure('one')).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.stringContaining('422'),
    });
  });

  test('names the issue it was made for, so that commands in it reach the run', async () => {
    await ensure('one');
    const body = (await ours())[0]?.body ?? '';
    const { id } = github.subject.repository;
    expect(github.markers.readIssue(id, body)).toBe(github.subject.number);
    expect(github.markers.readIssue(id + 1, body)).toBeNull();
    expect(github.markers.readIssue(id, body.replace(/issue:\d+/, 'issue:999'))).toBeNull();
  });
});
