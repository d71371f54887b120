import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGithub } from './support/open-github.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;

describe('src/github/permission-of.ts', () => {
  let github: Github;

  beforeAll(async () => {
    github = await openGithub();
  });
  afterAll(async () => {
    await github.close();
  });

  const path = /\/collaborators\/[^/]+\/permission$/;

  async function actor(login: string) {
    const { data } = await github.ada.rest.users.getByUsername({ username: login });
    return { id: data.id, login };
  }

  async function permission(login: string) {
    return github.codeHost.permissionOf(github.subject.repository, await actor(login));
  }

  test.each([
    ['ada', 'admin'],
    ['mia', 'maintain'],
    ['tom', 'triage'],
    ['rex', 'read'],
  ])('knows the role of %s: %s', async (login, role) => {
    expect(await permission(login)).toBe(role);
  });

  test('gives nothing to whoever took over a login', async () => {
    const { repository } = github.subject;
    expect(await github.codeHost.permissionOf(repository, { id: 1, login: 'ada' })).toBe('none');
  });

  test('gives nothing to a login that does not exist', async () => {
    const { repository } = github.subject;
    expect(await github.codeHost.permissionOf(repository, { id: 1, login: 'nobody' })).toBe('none');
  });

  test.each([
    ['a custom role', { permission: 'write', role_name: 'release-crew' }, 'none'],
    ['a server without role names', { permission: 'write' }, 'write'],
    ['an answer without a user', { permission: 'admin', role_name: 'admin', user: null }, 'none'],
  ])('reads %s', async (_name, answer, expected) => {
    const user = await actor('ada');
    github.simulator.inject({ path, status: 200, body: { user, ...answer } });
    expect(await github.codeHost.permissionOf(github.subject.repository, user)).toBe(expected);
  });

  test.each([403, 500, 'reset'] as const)('does not guess when GitHub answers %s', async (status) => {
    const ada = await actor('ada');
    github.simulator.inject({ path, status, times: 3 });
    await expect(github.codeHost.permissionOf(github.subject.repository, ada)).rejects.toThrow(
      'GitHub did not tell which role ada has in ada/shop. Try again later.',
    );
    await permission('ada');
  });

  test.each(['x/../ada', 'ada?x=', 'ada#', 'ada/permission?', 'ada%2F..', ' ada', 'ada\n', '..'])(
    'does not let the login %j point to somebody else',
    async (login) => {
      const { id } = await actor('ada');
      expect(await github.codeHost.permissionOf(github.subject.repository, { id, login })).toBe('none');
    },
  );
});
