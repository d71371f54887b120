import { afterEach, describe, expect, it } from 'vitest';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
afterEach(async () => {
  await stage.stop();
});

describe('scenarios/label-to-pull-request', () => {
  it('turns a labelled issue into a gated pull request, with one approval on the way', async () => {
    stage = await setStage();
    await stage.startBaton();
    const { rest } = stage.as(MAINTAINER);
    const { data: issue } = await rest.issues.create({
      ...REPO,
      title: 'Pages for GET /orders',
      body: 'Add an endpoint to the API with pages of the list, such as GET /orders?page=2.',
    });
    const subject = { ...REPO, issue_number: issue.number };

    await rest.issues.addLabels({ ...subject, labels: ['baton'] });
    await stage.advanced(({ state }) => state === 'held');
    const { data: comments } = await rest.issues.listComments(subject);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain('/baton approve');

    await rest.issues.createComment({ ...subject, body: '/baton approve' });
    const run = await stage.advanced(({ decision }) => decision === 'finish');
    expect(run.state).toBe('succeeded');

    const { data: pulls } = await rest.pulls.list({ ...REPO, state: 'open' });
    expect(pulls).toHaveLength(1);
    expect(pulls[0]).toMatchObject({ draft: false, user: { login: 'baton[bot]' } });
    const { data: checks } = await rest.checks.listForRef({ ...REPO, ref: pulls[0]?.head.sha ?? '' });
    expect(new Set(checks.check_runs.map(({ status }) => status))).toEqual(new Set(['completed']));
    expect(new Set(checks.check_runs.map(({ conclusion }) => conclusion))).toEqual(new Set(['success']));
    expect(checks.check_runs.map(({ name }) => name)).toContain('baton / tests');
    const { data: files } = await rest.pulls.listFiles({ ...REPO, pull_number: pulls[0]?.number ?? 0 });
    expect(files.length).toBeGreaterThan(0);
  });
});
