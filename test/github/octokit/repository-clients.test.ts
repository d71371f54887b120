import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefusedError } from '../../../src/ports/effects.ts';
import { openGithub } from '../support/open-github.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;

describe('src/github/octokit/repository-clients.ts', () => {
  let github: Github;
  const here = { owner: 'ada', repo: 'shop' };

  beforeAll(async () => {
    github = await openGithub();
  });
  afterAll(async () => {
    await github.close();
  });

  function mints() {
    return github.simulator.ledger().filter(({ path }) => path.endsWith('/access_tokens'));
  }

  function say(body: string) {
    const { rest } = github.app.clientFor(github.subject.repository, 'issues');
    return rest.issues.createComment({ ...here, issue_number: github.subject.number, body });
  }

  test('makes tokens for one repository with the least permissions, and keeps them', async () => {
    github.app.forgetAccess({ installationId: 77, lost: 'all' });
    const before = mints().length;
    await Promise.all([say('a'), say('b')]);
    await say('c');
    expect(
      mints()
        .slice(before)
        .map(({ body }) => body),
    ).toEqual([{ repository_ids: [github.subject.repository.id], permissions: { issues: 'write' } }]);
  });

  test('makes a new one five minutes before its end', async () => {
    await say('a');
    const before = mints().length;
    await github.timer.sleep(54 * 60_000);
    await say('b');
    expect(mints()).toHaveLength(before);
    await github.timer.sleep(2 * 60_000);
    await say('c');
    expect(mints()).toHaveLength(before + 1);
  });

  test('makes a new one when GitHub does not accept the old one, once', async () => {
    await say('a');
    await github.timer.sleep(10_000);
    const before = mints().length;
    const path = /\/issues\/\d+\/comments$/;
    github.simulator.inject({ method: 'POST', path, status: 401 });
    await say('b');
    expect(mints()).toHaveLength(before + 1);
    await github.timer.sleep(10_000);
    github.simulator.inject({ method: 'POST', path, status: 401, times: 4 });
    await expect(say('c')).rejects.toThrow(RefusedError);
  });

  test('forgets the tokens of a repository that was taken away', async () => {
    await say('a');
    const before = mints().length;
    github.app.forgetAccess({ installationId: 77, lost: [1] });
    await say('b');
    expect(mints()).toHaveLength(before);
    github.app.forgetAccess({ installationId: 77, lost: [github.subject.repository.id] });
    await say('c');
    expect(mints()).toHaveLength(before + 1);
  });

  test('a token for git may write contents, and nothing else', async () => {
    const token = await github.app.tokenForPush(github.subject.repository);
    expect(token).toMatch(/^ghs_/);
    expect(mints().at(-1)?.body).toMatchObject({ permissions: { contents: 'write' } });
    await github.app.tokenForFetch(github.subject.repository);
    expect(mints().at(-1)?.body).toMatchObject({ permissions: { contents: 'read' } });
  });

  test.each([500, 'reset'] as const)(
    'a write whose answer is %s is sent once, and left open',
    async (status) => {
      github.simulator.inject({ method: 'POST', path: /\/comments$/, when: 'after', status });
      const before = github.simulator.ledger().filter(({ kind }) => kind === 'issues/create-comment').length;
      const error = await say('once').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(RefusedError);
      const after = github.simulator.ledger().filter(({ kind }) => kind === 'issues/create-comment').length;
      expect(after).toBe(before + 1);
    },
  );

  test('a refused write says so, with a reason and without the token', async () => {
    const { rest } = github.app.clientFor(github.subject.repository, 'issues');
    const error = await rest.issues
      .createComment({ ...here, issue_number: 999, body: 'x' })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'RefusedError', message: expect.stringContaining('404') });
    expect(JSON.stringify([error, error instanceof Error ? error.cause : null])).not.toMatch(/ghs_/);
  });

  test('waits for GitHub as it asks', async () => {
    const { slept } = github.timer;
    const before = slept.length;
    github.simulator.inject({
      method: 'POST',
      path: /\/comments$/,
      status: 403,
      headers: { 'retry-after': '30' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    });
    await say('patient');
    expect(slept.slice(before)).toContain(31_000);
  });
});
