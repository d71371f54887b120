import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlayground, type Playground, PRIVATE, REPO, statusOf } from './support/open-playground.ts';

describe('src/simulator/auth/require-access.ts', () => {
  let play: Playground;

  beforeAll(async () => {
    play = await openPlayground();
    await play.as('alice').rest.issues.create({ ...REPO, title: 'One', labels: ['bug'] });
  });
  afterAll(() => play.close());

  test.each([
    ['alice', 'admin', 'admin'],
    ['bob', 'write', 'write'],
    ['tina', 'read', 'triage'],
    ['mallory', 'read', 'read'],
  ])('tells the role of %s', async (username, permission, role) => {
    const { data } = await play.installation.rest.repos.getCollaboratorPermissionLevel({ ...REPO, username });
    expect(data).toMatchObject({ permission, role_name: role, user: { login: username } });
  });

  test('tells that an outsider has no role in a private repository', async () => {
    function ask(username: string) {
      return play.installation.rest.repos.getCollaboratorPermissionLevel({ ...PRIVATE, username });
    }
    expect((await ask('mallory')).data.permission).toBe('none');
    expect((await ask('bob')).data.permission).toBe('read');
    expect(await statusOf(ask('nobody'))).toBe(404);
  });

  test('hides a private repository', async () => {
    expect(await statusOf(play.as('mallory').rest.repos.get(PRIVATE))).toBe(404);
    expect(await statusOf(play.as('mallory').rest.issues.create({ ...PRIVATE, title: 'x' }))).toBe(404);
    expect(await statusOf(play.as('bob').rest.repos.get(PRIVATE))).toBe(200);
  });

  test('lets everybody take part, and only some steer', async () => {
    const one = { ...REPO, issue_number: 1 };
    function may(login: string) {
      const { rest } = play.as(login);
      return Promise.all([
        statusOf(rest.issues.createComment({ ...one, body: 'hi' })),
        statusOf(rest.issues.addLabels({ ...one, labels: ['question'] })),
        statusOf(rest.issues.update({ ...one, title: 'One' })),
        statusOf(rest.issues.createLabel({ ...REPO, name: `of ${login}` })),
        statusOf(rest.issues.lock({ owner: 'acme', repo: 'shop', issue_number: 99 })),
      ]);
    }
    expect(await may('mallory')).toEqual([201, 403, 403, 403, 403]);
    expect(await may('tina')).toEqual([201, 200, 200, 403, 403]);
    expect(await may('bob')).toEqual([201, 200, 200, 201, 404]);
  });

  test('drops the labels of an outsider without a word', async () => {
    const { data } = await play
      .as('mallory')
      .rest.issues.create({ ...REPO, title: 'Please', labels: ['bug'] });
    expect(data.labels).toEqual([]);
    expect(data.author_association).toBe('NONE');
  });

  test('keeps the comments of others from change, and lets a writer moderate', async () => {
    const { data } = await play
      .as('alice')
      .rest.issues.createComment({ ...REPO, issue_number: 1, body: 'mine' });
    const edit = { ...REPO, comment_id: data.id, body: 'changed' };
    expect(await statusOf(play.as('mallory').rest.issues.updateComment(edit))).toBe(403);
    expect(await statusOf(play.as('bob').rest.issues.updateComment(edit))).toBe(200);
  });

  test('keeps a locked issue from outsiders', async () => {
    const one = { ...REPO, issue_number: 1 };
    await play.as('alice').rest.issues.lock({ ...one, lock_reason: 'too heated' });
    expect(await statusOf(play.as('mallory').rest.issues.createComment({ ...one, body: 'but' }))).toBe(403);
    expect(await statusOf(play.as('bob').rest.issues.createComment({ ...one, body: 'calm' }))).toBe(201);
    await play.as('alice').rest.issues.unlock(one);
  });

  test('takes no check run from a person', async () => {
    const create = play.as('alice').rest.checks.create({ ...REPO, name: 'mine', head_sha: 'main' });
    await expect(create).rejects.toMatchObject({ status: 403 });
  });

  test('lets nobody write without a token', async () => {
    const answer = await fetch(`${play.simulator.url}/repos/acme/shop/issues`, {
      method: 'POST',
      body: '{"title":"x"}',
    });
    expect(answer.status).toBe(401);
  });
});
