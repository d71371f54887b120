import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openGithub } from '../support/open-github.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;

describe('src/github/publish/ensure-comment.ts', () => {
  let github: Github;
  let owner = '';
  let count = 0;

  beforeAll(async () => {
    github = await openGithub();
  });
  afterAll(async () => {
    await github.close();
  });
  beforeEach(() => {
    count += 1;
    owner = `run-${count}`;
  });

  function comment(body: string) {
    return { kind: 'comment', key: 'progress', body } as const;
  }

  function ensure(body: string) {
    return github.codeHost.ensure(github.subject, owner, comment(body));
  }

  const here = { owner: 'ada', repo: 'shop' };

  async function ours() {
    const { data } = await github.ada.rest.issues.listComments({
      ...here,
      issue_number: github.subject.number,
      per_page: 100,
    });
    return data.filter(({ body }) => github.markers.marks({ owner, key: 'progress' }, body ?? ''));
  }

  /** While a token is new, answers that deny it are doubted. */
  function outgrowFreshness(): Promise<void> {
    return github.timer.sleep(60_000);
  }

  test('creates once, edits in place, and writes nothing for the same text', async () => {
    const first = await ensure('one');
    expect(await ensure('two')).toEqual(first);
    const writes = github.simulator.ledger().length;
    expect(await ensure('two')).toEqual(first);
    expect(github.simulator.ledger()).toHaveLength(writes);
    expect((await ours()).map(({ id, body }) => [id, body?.split('\n')[1]])).toEqual([[first.number, 'two']]);
  });

  test('goes back to an earlier text, and forth again', async () => {
    for (const body of ['a', 'b', 'a', 'b']) {
      await ensure(body);
      expect((await ours())[0]?.body).toContain(`\n${body}\n`);
    }
  });

  test('finds its own comment when the answer to the creation is lost', async () => {
    github.simulator.inject({
      method: 'POST',
      path: /\/issues\/\d+\/comments$/,
      when: 'after',
      status: 'reset',
    });
    await expect(ensure('lost')).rejects.toThrow();
    const writes = github.simulator.ledger().length;
    await ensure('lost');
    expect(github.simulator.ledger()).toHaveLength(writes);
    expect(await ours()).toHaveLength(1);
  });

  test('makes up for a text that changed between the lost creation and now', async () => {
    github.simulator.inject({ method: 'POST', path: /\/issues\/\d+\/comments$/, when: 'after', status: 502 });
    await expect(ensure('older')).rejects.toThrow();
    await ensure('newer');
    expect((await ours()).map(({ body }) => body?.split('\n')[1])).toEqual(['newer']);
  });

  test('does not take a copied marker of somebody else for its own', async () => {
    const copied = github.markers.wrap({ owner, key: 'progress' }, 'mine, says Mia');
    await github
      .api('mia')
      .rest.issues.createComment({ ...here, issue_number: github.subject.number, body: copied });
    github.simulator.inject({ method: 'POST', path: /\/issues\/\d+\/comments$/, status: 502 });
    await expect(ensure('true')).rejects.toThrow();
    await ensure('true');
    expect((await ours()).map(({ user }) => user?.login)).toEqual(['mia', 'baton[bot]']);
  });

  test('is made again once when somebody deletes it, and then left alone', async () => {
    const first = await ensure('one');
    await github.ada.rest.issues.deleteComment({ ...here, comment_id: first.number });
    const second = await ensure('two');
    expect(second.number).not.toBe(first.number);
    await github.ada.rest.issues.deleteComment({ ...here, comment_id: second.number });
    await ensure('three');
    await ensure('four');
    expect(await ours()).toHaveLength(0);
  });

  test('is not made again when a part of GitHub does not know it yet', async () => {
    const first = await ensure('one');
    await outgrowFreshness();
    github.simulator.inject({ method: 'PATCH', path: /\/issues\/comments\/\d+$/, status: 404 });
    expect(await ensure('two')).toEqual(first);
    expect((await ours()).map(({ body }) => body?.split('\n')[1])).toEqual(['two']);
  });

  test('is written without being read', async () => {
    await ensure('one');
    const asked = github.simulator.requests().length;
    await ensure('two');
    expect(
      github.simulator
        .requests()
        .slice(asked)
        .map(({ method }) => method),
    ).toEqual(['PATCH']);
  });

  const KEPT = /^before\n\n<!-- baton:\w+ -->\n(\w+)\n<!-- \/baton:\w+ -->\n\nafter$/;

  async function writeAround(commentId: number): Promise<string> {
    const [made] = await ours();
    const body = `before\n\n${made?.body}\n\nafter`;
    await github.ada.rest.issues.updateComment({ ...here, comment_id: commentId, body });
    return body;
  }

  test('keeps what people write around it, for good', async () => {
    const { number } = await ensure('one');
    const body = await writeAround(number);
    await github.edits.save({ commentId: number, body, at: '2026-01-01T00:00:00Z' });
    for (const text of ['two', 'three']) {
      await ensure(text);
      expect(KEPT.exec((await ours())[0]?.body ?? '')?.[1]).toBe(text);
    }
  });

  test('puts back what was written around it when it hears of that too late', async () => {
    const { number } = await ensure('one');
    const body = await writeAround(number);
    await ensure('two');
    expect((await ours())[0]?.body).not.toMatch(KEPT);
    await github.edits.save({ commentId: number, body, at: '2026-01-01T00:00:00Z' });
    await ensure('three');
    expect(KEPT.exec((await ours())[0]?.body ?? '')?.[1]).toBe('three');
  });

  test('is whole again after somebody took its text away', async () => {
    const { number } = await ensure('one');
    await github.ada.rest.issues.updateComment({ ...here, comment_id: number, body: 'gone' });
    await github.edits.save({ commentId: number, body: 'gone', at: '2026-01-01T00:00:00Z' });
    await ensure('two');
    expect((await github.ada.rest.issues.getComment({ ...here, comment_id: number })).data.body).toBe(
      github.markers.wrap({ owner, key: 'progress' }, 'two'),
    );
  });

  test('takes the force out of markers in its text', async () => {
    const foreign = github.markers.wrap({ owner: 'run-other', key: 'progress' }, 'x');
    await ensure(`a log with ${foreign}`);
    expect(github.markers.marks({ owner: 'run-other', key: 'progress' }, (await ours())[0]?.body ?? '')).toBe(
      false,
    );
  });

  test('cuts a text that GitHub would not take', async () => {
    await ensure('ü'.repeat(200_000));
    const body = (await ours())[0]?.body ?? '';
    expect(Buffer.byteLength(body)).toBeLessThan(65_536);
    expect(body).toContain('ü…\n<!-- /baton:');
  });

  test('says that a locked issue takes no comment', async () => {
    const body = { message: 'Unable to create comment because issue is locked.' };
    const path = /\/issues\/\d+\/comments$/;
    await outgrowFreshness();
    github.simulator.inject({ method: 'POST', path, status: 403, body });
    await expect(ensure('locked')).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.stringContaining('issue is locked'),
    });
    await ensure('unlocked');
    expect(await ours()).toHaveLength(1);
  });
});
