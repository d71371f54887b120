import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlayground, type Playground, PRIVATE, REPO, statusOf } from './support/open-playground.ts';

describe('src/simulator (issues, with the permission for issues alone)', () => {
  let play: Playground;
  let app: ReturnType<Playground['withToken']>;

  beforeAll(async () => {
    play = await openPlayground();
    app = await withPermissions({ issues: 'write' });
  });
  afterAll(() => play.close());

  async function withPermissions(permissions: { issues?: 'read' | 'write'; contents?: 'read' }) {
    const installation = { installation_id: 9001, permissions };
    const { data } = await play.app.rest.apps.createInstallationAccessToken(installation);
    return play.withToken(data.token);
  }

  async function list(filter: object): Promise<string[]> {
    const { data } = await app.rest.issues.listForRepo({ ...REPO, ...filter });
    return data.map(({ title }) => title);
  }

  async function search(q: string, more: object = {}): Promise<string[]> {
    const { data } = await app.rest.search.issuesAndPullRequests({
      q: `repo:acme/shop is:issue ${q}`,
      ...more,
    });
    return data.items.map(({ title }) => title);
  }

  test('opens with labels there are not yet, which the first webhook has already', async () => {
    const labels = ['tech-debt', 'Bug', 'tech-debt'];
    const { data } = await app.rest.issues.create({ ...REPO, title: 'One', body: 'mark-1 @tina', labels });
    expect(data.labels).toMatchObject([{ name: 'tech-debt', color: 'ededed' }, { name: 'bug' }]);
    await play.simulator.settle();
    expect(play.receiver.names()).toEqual(['issues.opened', 'issues.labeled', 'issues.labeled']);
    expect(play.receiver.received[0]?.payload['issue']).toMatchObject({
      labels: [{ name: 'tech-debt' }, { name: 'bug' }],
      user: { login: 'baton[bot]' },
    });
    expect((await app.rest.issues.getLabel({ ...REPO, name: 'TECH-DEBT' })).data.name).toBe('tech-debt');
  });

  test('gives labels only to who may triage', async () => {
    const wanted = { ...REPO, title: 'Outside', labels: ['hopeful'] };
    const { data } = await play.as('mallory').rest.issues.create(wanted);
    expect(data.labels).toEqual([]);
    expect(await statusOf(app.rest.issues.getLabel({ ...REPO, name: 'hopeful' }))).toBe(404);
    await app.rest.issues.update({ ...REPO, issue_number: data.number, state: 'closed' });
  });

  test('lists by label, creator, mention, state, time and order, page by page', async () => {
    await app.rest.issues.create({ ...REPO, title: 'Two', body: 'mark-2', labels: ['tech-debt'] });
    await play.as('alice').rest.issues.create({ ...REPO, title: 'Three', labels: ['tech-debt'] });
    expect(await list({ labels: 'tech-debt' })).toEqual(['Three', 'Two', 'One']);
    expect(await list({ labels: 'tech-debt,bug' })).toEqual(['One']);
    expect(await list({ labels: 'tech-debt', creator: 'baton[bot]' })).toEqual(['Two', 'One']);
    expect(await list({ mentioned: 'tina' })).toEqual(['One']);
    expect(await list({ direction: 'asc' })).toEqual(['One', 'Two', 'Three']);
    expect(await list({ state: 'closed' })).toEqual(['Outside']);
    expect(await list({ since: '2999-01-01T00:00:00Z' })).toEqual([]);
    expect(await list({ state: 'all', per_page: 2, page: 2 })).toEqual(['Outside', 'One']);
    const pages = await app.paginate('GET /repos/{owner}/{repo}/issues', {
      ...REPO,
      state: 'all',
      per_page: 1,
    });
    expect(pages).toHaveLength(4);
  });

  test('comments, closes and reopens', async () => {
    const issue = { ...REPO, issue_number: 1 };
    await app.rest.issues.createComment({ ...issue, body: 'still there: mark-9' });
    expect(await list({ sort: 'comments', per_page: 1 })).toEqual(['One']);
    const closed = { ...issue, state: 'closed', state_reason: 'completed' } as const;
    expect((await app.rest.issues.update(closed)).data).toMatchObject({ closed_by: { login: 'baton[bot]' } });
    const { data } = await app.rest.issues.update({ ...issue, state: 'open' });
    expect(data).toMatchObject({ state: 'open', state_reason: 'reopened', closed_at: null, comments: 1 });
    await play.simulator.settle();
    expect(play.receiver.names().slice(-2)).toEqual(['issues.closed', 'issues.reopened']);
  });

  test('is found by qualifiers and by words where they are', async () => {
    expect(await search('label:tech-debt')).toEqual(['Three', 'Two', 'One']);
    expect(await search('label:tech-debt label:bug')).toEqual(['One']);
    expect(await search('label:bug,"good first issue",tech-debt -author:alice')).toEqual(['Two', 'One']);
    expect(await search('mark-1 in:body')).toEqual(['One']);
    expect(await search('mark-1 in:title')).toEqual([]);
    expect(await search('mark-9 in:title,body')).toEqual([]);
    expect(await search('"there: mark-9"')).toEqual(['One']);
    expect(await search('author:app/baton')).toEqual(['Two', 'One']);
    expect(await search('no:label state:closed')).toEqual(['Outside']);
    expect(await search('repo:acme/vault label:bug', { sort: 'created', order: 'asc' })).toEqual(['One']);
    expect(await search('label:tech-debt', { sort: 'comments', per_page: 1 })).toEqual(['One']);
  });

  test('needs the permission to write, and in a private repository to read', async () => {
    const reader = await withPermissions({ issues: 'read' });
    const stranger = await withPermissions({ contents: 'read' });
    expect(await statusOf(reader.rest.issues.create({ ...REPO, title: 'No' }))).toBe(403);
    expect(await statusOf(reader.rest.issues.listForRepo(PRIVATE))).toBe(200);
    expect(await statusOf(stranger.rest.issues.listForRepo(PRIVATE))).toBe(403);
    expect(await statusOf(stranger.rest.issues.listForRepo(REPO))).toBe(200);
  });
});
