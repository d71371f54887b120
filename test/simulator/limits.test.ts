import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlayground, type Playground, REPO, statusOf } from './support/open-playground.ts';

describe('src/simulator (limits of GitHub)', () => {
  let play: Playground;

  beforeAll(async () => {
    play = await openPlayground();
    await play.as('alice').rest.issues.create({ ...REPO, title: 'One', body: 'first' });
  });
  afterAll(() => play.close());

  const one = { ...REPO, issue_number: 1 };
  function check(body: object) {
    return statusOf(
      play.installation.request('POST /repos/{owner}/{repo}/check-runs', {
        ...REPO,
        name: 'limits',
        head_sha: 'main',
        ...body,
      }),
    );
  }
  const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
  const action = { label: 'Again', description: 'Do it again', identifier: 'again' };
  const output = { title: 't', summary: 's' };

  test.each([
    [
      '50 annotations',
      { output: { ...output, annotations: Array.from({ length: 50 }, () => annotation) } },
      201,
    ],
    [
      '51 annotations',
      { output: { ...output, annotations: Array.from({ length: 51 }, () => annotation) } },
      422,
    ],
    ['3 actions', { actions: [action, action, action] }, 201],
    ['4 actions', { actions: [action, action, action, action] }, 422],
    ['a label of 21', { actions: [{ ...action, label: 'x'.repeat(21) }] }, 422],
    ['an identifier of 21', { actions: [{ ...action, identifier: 'x'.repeat(21) }] }, 422],
    ['a description of 41', { actions: [{ ...action, description: 'x'.repeat(41) }] }, 422],
    ['a summary of 65535', { output: { ...output, summary: 'x'.repeat(65_535) } }, 201],
    ['a summary of 65536', { output: { ...output, summary: 'x'.repeat(65_536) } }, 422],
    ['a text of 65536', { output: { ...output, text: 'x'.repeat(65_536) } }, 422],
    [
      'a message above 64 KB',
      { output: { ...output, annotations: [{ ...annotation, message: 'é'.repeat(33_000) }] } },
      422,
    ],
    ['completed without a conclusion', { status: 'completed' }, 422],
    ['a commit that is not there', { head_sha: 'f'.repeat(40) }, 422],
  ])('check run with %s', async (_name, body, status) => {
    expect(await check(body)).toBe(status);
  });

  test('comments', async () => {
    const { rest } = play.as('alice');
    expect(await statusOf(rest.issues.createComment({ ...one, body: 'x'.repeat(262_144) }))).toBe(201);
    expect(await statusOf(rest.issues.createComment({ ...one, body: 'é'.repeat(131_073) }))).toBe(422);
    expect(await statusOf(rest.issues.createComment({ ...one, body: '' }))).toBe(422);
  });

  test('issues: a body too large is refused when new, and dropped in silence when changed', async () => {
    const { rest } = play.as('alice');
    const body = 'x'.repeat(262_145);
    expect(await statusOf(rest.issues.create({ ...REPO, title: 'Large', body }))).toBe(422);
    const { status, data } = await rest.issues.update({ ...one, body });
    expect([status, data.body]).toEqual([200, 'first']);
    expect(await statusOf(rest.issues.create({ ...REPO, title: '🎉'.repeat(256) }))).toBe(201);
    expect(await statusOf(rest.issues.create({ ...REPO, title: 'x'.repeat(257) }))).toBe(422);
    expect(await statusOf(rest.issues.create({ ...REPO, title: ' ' }))).toBe(422);
  });

  test('labels', async () => {
    const { rest } = play.as('alice');
    expect(await statusOf(rest.issues.createLabel({ ...REPO, name: 'x'.repeat(50) }))).toBe(201);
    expect(await statusOf(rest.issues.createLabel({ ...REPO, name: 'x'.repeat(51) }))).toBe(422);
    expect(
      await statusOf(rest.issues.createLabel({ ...REPO, name: 'd', description: 'x'.repeat(101) })),
    ).toBe(422);
    expect(await statusOf(rest.issues.createLabel({ ...REPO, name: 'Bug' }))).toBe(422);
    expect(await statusOf(rest.issues.createLabel({ ...REPO, name: 'c', color: '#ff0000' }))).toBe(422);
  });

  test('statuses', async () => {
    const status = { ...REPO, sha: 'main', state: 'success' as const };
    const { rest } = play.installation;
    expect(await statusOf(rest.repos.createCommitStatus({ ...status, description: 'x'.repeat(140) }))).toBe(
      201,
    );
    expect(await statusOf(rest.repos.createCommitStatus({ ...status, description: 'x'.repeat(141) }))).toBe(
      422,
    );
  });

  test('says which request was not JSON', async () => {
    const answer = await fetch(`${play.simulator.url}/repos/acme/shop/issues`, {
      method: 'POST',
      headers: { authorization: 'token alice-token' },
      body: '{',
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { message: 'Problems parsing JSON' }]);
  });
});

describe('src/simulator/server/rate-limit.ts', () => {
  let play: Playground;

  beforeAll(async () => {
    play = await openPlayground({ limits: { requestsPerHour: 6, writesPerMinute: 2 } });
  });
  afterAll(() => play.close());

  test('counts, spares what did not change, and refuses what is too much', async () => {
    const { rest } = play.as('alice');
    const { headers } = await rest.repos.get(REPO);
    expect(headers['x-ratelimit-remaining']).toBe('5');
    const unchanged = await fetch(`${play.simulator.url}/repos/acme/shop`, {
      headers: { authorization: 'token alice-token', 'if-none-match': String(headers.etag) },
    });
    expect([unchanged.status, unchanged.headers.get('x-ratelimit-remaining')]).toEqual([304, '5']);
    await rest.issues.create({ ...REPO, title: 'a' });
    await rest.issues.create({ ...REPO, title: 'b' });
    await expect(rest.issues.create({ ...REPO, title: 'c' })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('secondary rate limit'),
      response: { headers: { 'retry-after': expect.stringMatching(/^\d+$/) } },
    });
    await rest.repos.get(REPO);
    await rest.repos.get(REPO);
    await expect(rest.repos.get(REPO)).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'x-ratelimit-remaining': '0' } },
    });
    expect((await rest.rateLimit.get()).data.resources.core).toMatchObject({ limit: 6, remaining: 0 });
    expect(await statusOf(play.as('bob').rest.repos.get(REPO))).toBe(200);
  });
});
