import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitFile, openPlayground, type Playground, REPO, statusOf } from './support/open-playground.ts';

describe('src/simulator (the life of a pull request)', () => {
  let play: Playground;

  beforeAll(async () => {
    play = await openPlayground();
  });
  afterAll(() => play.close());

  async function openPull(branch: string, options: { body?: string; draft?: boolean } = {}) {
    const sha = await commitFile(play.installation, { branch, path: `${branch}.txt`, content: '1\n2\n' });
    const { data } = await play.installation.rest.pulls.create({
      ...REPO,
      title: `Pull ${branch}`,
      head: branch,
      base: 'main',
      ...options,
    });
    return { number: data.number, nodeId: data.node_id, sha, data };
  }

  async function readMain() {
    const { data } = await play.installation.rest.repos.getCommit({ ...REPO, ref: 'main' });
    return data;
  }

  test('opens with what git says of it, once', async () => {
    const { number, sha, data } = await openPull('opened');
    expect(data).toMatchObject({
      head: { ref: 'opened', sha, label: 'acme:opened' },
      base: { ref: 'main' },
      user: { login: 'baton[bot]', type: 'Bot' },
      commits: 1,
      additions: 2,
      deletions: 0,
      changed_files: 1,
      mergeable: true,
      mergeable_state: 'clean',
    });
    const again = { ...REPO, title: 'Again', head: 'opened', base: 'main' };
    await expect(play.installation.rest.pulls.create(again)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('A pull request already exists for acme:opened.'),
    });
    await play.installation.rest.git.createRef({
      ...REPO,
      ref: 'refs/heads/same',
      sha: (await readMain()).sha,
    });
    await expect(play.installation.rest.pulls.create({ ...again, head: 'same' })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('No commits between main and same'),
    });
    expect(await statusOf(play.installation.rest.pulls.create({ ...again, head: 'nowhere' }))).toBe(422);
    const { data: diff } = await play.installation.rest.pulls.get({
      ...REPO,
      pull_number: number,
      mediaType: { format: 'diff' },
    });
    expect(diff).toContain('+++ b/opened.txt');
  });

  test('follows its branch, and closes with it', async () => {
    const { number, sha } = await openPull('followed');
    const start = play.receiver.received.length;
    const { data } = await play.installation.rest.repos.createOrUpdateFileContents({
      ...REPO,
      branch: 'followed',
      path: 'more.txt',
      message: 'feat: more',
      content: Buffer.from('3\n').toString('base64'),
    });
    await play.simulator.settle();
    const moved = play.receiver.received.slice(start).find(({ action }) => action === 'synchronize');
    expect(moved?.payload).toMatchObject({ before: sha, after: data.commit.sha, number });
    await play.installation.rest.git.deleteRef({ ...REPO, ref: 'heads/followed' });
    const { data: closed } = await play.installation.rest.pulls.get({ ...REPO, pull_number: number });
    expect(closed).toMatchObject({ state: 'closed', merged: false, changed_files: 2 });
  });

  test.each([
    ['merge', 2, /^Merge pull request #\d+ from acme\/by-merge/],
    ['squash', 1, /^feat: by-squash.txt \(#\d+\)/],
    ['rebase', 1, /^feat: by-rebase.txt$/],
  ] as const)('is merged by %s, and closes what it says it closes', async (method, parents, message) => {
    const { data: issue } = await play.as('alice').rest.issues.create({ ...REPO, title: 'To do' });
    const { number } = await openPull(`by-${method}`, { body: `Fixes #${issue.number}` });
    await play.simulator.settle();
    const start = play.receiver.received.length;
    const { data } = await play
      .as('alice')
      .rest.pulls.merge({ ...REPO, pull_number: number, merge_method: method });
    const main = await readMain();
    expect(main.sha).toBe(data.sha);
    expect(main.parents).toHaveLength(parents);
    expect(main.commit.message).toMatch(message);
    const { data: closed } = await play.as('alice').rest.issues.get({ ...REPO, issue_number: issue.number });
    expect(closed).toMatchObject({
      state: 'closed',
      state_reason: 'completed',
      closed_by: { login: 'alice' },
    });
    await play.simulator.settle();
    const names = play.receiver.names().slice(start);
    expect(names.filter((name) => name !== 'check_suite.requested')).toEqual([
      'pull_request.closed',
      'issues.closed',
      'push',
    ]);
    expect(await statusOf(play.as('alice').rest.pulls.merge({ ...REPO, pull_number: number }))).toBe(405);
  });

  test('is not merged while it conflicts, is a draft, or moved', async () => {
    const { number, nodeId, sha } = await openPull('refused', { draft: true });
    function merge(more: object = {}) {
      return statusOf(play.as('alice').rest.pulls.merge({ ...REPO, pull_number: number, ...more }));
    }
    expect(await merge()).toBe(405);
    await play.installation.graphql(
      'mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } } }',
      { id: nodeId },
    );
    expect(await merge({ sha: 'a'.repeat(40) })).toBe(409);
    await play.as('alice').rest.repos.createOrUpdateFileContents({
      ...REPO,
      path: 'refused.txt',
      message: 'feat: the same file',
      content: Buffer.from('other\n').toString('base64'),
    });
    const { data } = await play.installation.rest.pulls.get({ ...REPO, pull_number: number });
    expect(data).toMatchObject({ mergeable: false, mergeable_state: 'dirty', head: { sha } });
    expect(await merge()).toBe(405);
  });

  test('is noticed when its commits arrive by a push', async () => {
    const { number, sha } = await openPull('pushed');
    await play.as('alice').rest.git.updateRef({ ...REPO, ref: 'heads/main', sha });
    const { data } = await play.installation.rest.pulls.get({ ...REPO, pull_number: number });
    expect(data).toMatchObject({ merged: true, state: 'closed', merge_commit_sha: sha });
  });

  test('waits for a required check and a review, then merges by itself', async () => {
    await play.as('alice').rest.repos.updateBranchProtection({
      ...REPO,
      branch: 'main',
      required_status_checks: { strict: false, contexts: ['gates'] },
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 1 },
      restrictions: null,
    });
    const { number, nodeId, sha } = await openPull('guarded');
    const pull = { ...REPO, pull_number: number };
    expect((await play.installation.rest.pulls.get(pull)).data.mergeable_state).toBe('blocked');
    expect(await statusOf(play.as('alice').rest.pulls.merge(pull))).toBe(405);
    await play.installation.graphql(
      'mutation($input: EnablePullRequestAutoMergeInput!) { enablePullRequestAutoMerge(input: $input) { clientMutationId } }',
      { input: { pullRequestId: nodeId, mergeMethod: 'SQUASH' } },
    );
    expect(await statusOf(play.installation.rest.pulls.createReview({ ...pull, event: 'APPROVE' }))).toBe(
      422,
    );
    await play.as('bob').rest.pulls.createReview({ ...pull, event: 'APPROVE', body: 'fine' });
    expect((await play.installation.rest.pulls.get(pull)).data.merged).toBe(false);
    await play.installation.rest.checks.create({
      ...REPO,
      name: 'gates',
      head_sha: sha,
      conclusion: 'success',
    });
    expect((await play.installation.rest.pulls.get(pull)).data).toMatchObject({ merged: true });
    await play.as('alice').rest.repos.deleteBranchProtection({ ...REPO, branch: 'main' });
  });

  test('takes reviews with comments on lines', async () => {
    const { number } = await openPull('reviewed');
    const pull = { ...REPO, pull_number: number };
    const start = play.receiver.received.length;
    const { data: review } = await play.as('bob').rest.pulls.createReview({
      ...pull,
      event: 'REQUEST_CHANGES',
      body: 'please',
      comments: [{ path: 'reviewed.txt', line: 1, body: 'why?' }],
    });
    expect(review).toMatchObject({ state: 'CHANGES_REQUESTED', user: { login: 'bob' } });
    const { data: comments } = await play.installation.rest.pulls.listReviewComments(pull);
    expect(comments).toMatchObject([{ path: 'reviewed.txt', line: 1, pull_request_review_id: review.id }]);
    const comment = { ...pull, comment_id: comments[0]?.id ?? 0 };
    expect(
      await statusOf(play.as('alice').rest.pulls.createReplyForReviewComment({ ...comment, body: 'so' })),
    ).toBe(201);
    const elsewhere = {
      ...pull,
      event: 'COMMENT' as const,
      comments: [{ path: 'nope', line: 1, body: 'x' }],
    };
    expect(await statusOf(play.as('bob').rest.pulls.createReview(elsewhere))).toBe(422);
    await play.simulator.settle();
    const heard = play.receiver.received.slice(start).find(({ event }) => event === 'pull_request_review');
    expect(heard?.payload['review']).toMatchObject({ state: 'changes_requested' });
  });

  test('asks git once for what two commits are to each other', async () => {
    const { number } = await openPull('measured');
    const pull = { ...REPO, pull_number: number };
    const first = await play.installation.rest.pulls.get(pull);
    const second = await play.installation.rest.pulls.get(pull);
    expect(second.data.changed_files).toBe(first.data.changed_files);
    expect(second.headers.etag).toBe(first.headers.etag);
  });
});
