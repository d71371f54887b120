import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGithub } from '../support/open-github.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;

describe('src/github/publish/ensure-label.ts and ensure-reaction.ts', () => {
  let github: Github;
  const here = { owner: 'ada', repo: 'shop' };

  beforeAll(async () => {
    github = await openGithub();
  });
  afterAll(async () => {
    await github.close();
  });

  function label(present: boolean) {
    return github.codeHost.ensure(github.subject, 'run-1', {
      kind: 'label',
      key: 'waiting',
      name: 'baton: waiting',
      present,
    });
  }

  test('puts a label on, takes it off, and puts it on again', async () => {
    for (const present of [true, true, false, true]) {
      await label(present);
      const { labels } = await github.codeHost.issue(github.subject);
      expect(labels.includes('baton: waiting')).toBe(present);
    }
  });

  test('is content when the label is gone already', async () => {
    await label(true);
    await github.ada.rest.issues.removeAllLabels({ ...here, issue_number: github.subject.number });
    await label(false);
    expect(await github.codeHost.issue(github.subject)).toMatchObject({ state: 'open', labels: [] });
  });

  test('reacts once to a comment, and to the issue', async () => {
    const issue = { ...here, issue_number: github.subject.number };
    const { data: comment } = await github.ada.rest.issues.createComment({ ...issue, body: '/baton status' });
    const reaction = { kind: 'reaction', key: 'seen', content: 'eyes' } as const;
    github.simulator.inject({ method: 'POST', path: /\/reactions$/, when: 'after', status: 'reset' });
    await expect(
      github.codeHost.ensure(github.subject, 'c1', { ...reaction, commentId: comment.id }),
    ).rejects.toThrow();
    await github.codeHost.ensure(github.subject, 'c1', { ...reaction, commentId: comment.id });
    await github.codeHost.ensure(github.subject, 'c2', reaction);
    const { data } = await github.ada.rest.reactions.listForIssueComment({ ...here, comment_id: comment.id });
    expect(data.map(({ content }) => content)).toEqual(['eyes']);
    expect((await github.ada.rest.reactions.listForIssue(issue)).data).toHaveLength(1);
  });

  test('asks first when it is unknown whether the label is on, or off', async () => {
    for (const present of [true, false]) {
      const writes = github.simulator.ledger().length;
      const key = `unclear-${present}`;
      github.simulator.inject({ path: /\/labels(\/|$)/, when: 'after', status: 'reset' });
      const surface = { kind: 'label', key, name: 'baton: unclear', present } as const;
      await expect(github.codeHost.ensure(github.subject, 'run-1', surface)).rejects.toThrow();
      await github.codeHost.ensure(github.subject, 'run-1', surface);
      expect(github.simulator.ledger()).toHaveLength(writes + 1);
    }
  });

  test('asks first when it is unknown whether it has reacted, and knows its own reaction', async () => {
    const issue = { ...here, issue_number: github.subject.number };
    const reaction = { kind: 'reaction', key: 'done', content: 'rocket' } as const;
    function ours() {
      const { simulator } = github;
      return simulator
        .ledger()
        .filter(({ actor, kind }) => actor === simulator.app.botLogin && kind.startsWith('reactions/'));
    }
    await github.ada.rest.reactions.createForIssue({ ...issue, content: 'rocket' });
    const before = ours().length;
    github.simulator.inject({ method: 'POST', path: /\/reactions$/, when: 'before', status: 'reset' });
    await expect(github.codeHost.ensure(github.subject, 'c4', reaction)).rejects.toThrow();
    expect(ours()).toHaveLength(before);
    github.simulator.inject({ method: 'POST', path: /\/reactions$/, when: 'after', status: 'reset' });
    await expect(github.codeHost.ensure(github.subject, 'c4', reaction)).rejects.toThrow();
    await github.codeHost.ensure(github.subject, 'c4', reaction);
    expect(ours()).toHaveLength(before + 1);
  });

  test('does not mind that the comment was deleted', async () => {
    const reaction = { kind: 'reaction', key: 'seen', content: 'eyes', commentId: 999_999 } as const;
    expect(await github.codeHost.ensure(github.subject, 'c3', reaction)).toMatchObject({ number: 0 });
  });
});
