import { Hono } from 'hono';
import { z } from 'zod';
import { mayWrite } from '../auth/require-access.ts';
import { readChangedFiles, readDiffText } from '../git/changed-files.ts';
import { readCommits } from '../git/commit.ts';
import { listCommitShas } from '../git/commit-range.ts';
import { changePullBase } from '../operations/change-pull-base.ts';
import { createPull } from '../operations/create-pull.ts';
import { findPull } from '../operations/find-issue.ts';
import { mergePull } from '../operations/merge-pull.ts';
import { readPullFacts } from '../operations/pull-facts.ts';
import { ensureTestMerge } from '../operations/pull-refs.ts';
import { updateIssue } from '../operations/update-issue.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toCommit, toDiffEntry } from '../serializers/to-commit.ts';
import { toPullRequest, toPullRequestSimple } from '../serializers/to-pull-request.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { World } from '../state/world.ts';
import { listPulls } from './list-pulls.ts';
import { NEEDS } from './needs.ts';

const newPull = z.object({
  title: z.string(),
  head: z.string(),
  head_repo: z.string().optional(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().default(false),
  maintainer_can_modify: z.boolean().optional(),
});
const changedPull = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
  maintainer_can_modify: z.boolean().optional(),
});
const merge = z.object({
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
  sha: z.string().optional(),
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
});

/** Pull requests: open, read, change. */
export function pullRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/repos/:owner/:repo/pulls', (call) => {
    const repository = readRepository(world, call);
    const page = paginate(
      world,
      call,
      listPulls(repository, (name) => call.req.query(name)),
    );
    return call.json(page.map((issue) => toPullRequestSimple(world, repository, issue)));
  });
  routes.post('/repos/:owner/:repo/pulls', accepted(world, 'pulls/create'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.openPull) };
    const body = await readBody(call, newPull);
    const issue = await createPull(act, {
      ...body,
      body: body.body ?? null,
      headRepository: body.head_repo ?? null,
      maintainerCanModify: body.maintainer_can_modify ?? null,
    });
    return call.json(await toPullRequest(world, act.repository, issue), 201);
  });
  routes.get('/repos/:owner/:repo/pulls/:number{[0-9]+}', async (call) => {
    const repository = readRepository(world, call);
    const issue = findPull(repository, call.req.param('number'));
    if (/\.(diff|patch)\b/.test(call.req.header('accept') ?? '')) {
      const { mergeBase } = await readPullFacts(repository.git, issue.pull.baseSha, issue.pull.headSha);
      const diff = await readDiffText(repository.git, mergeBase, issue.pull.headSha);
      return call.text(diff, 200, { 'content-type': 'application/vnd.github.diff; charset=utf-8' });
    }
    await ensureTestMerge(world, repository, issue);
    return call.json(await toPullRequest(world, repository, issue));
  });
  routes.patch('/repos/:owner/:repo/pulls/:number{[0-9]+}', accepted(world, 'pulls/update'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.openPull) };
    const issue = findPull(act.repository, call.req.param('number'));
    const own = issue.user.id === act.actor.account.id;
    if (!own && !mayWrite(world, act.repository, { actor: act.actor, need: NEEDS.writePulls })) {
      throw new GitHubError(403, 'Must have write rights to Repository.');
    }
    const { base, maintainer_can_modify: mayModify, ...update } = await readBody(call, changedPull);
    if (own && issue.pull.headRepositoryId !== act.repository.id) {
      issue.pull.maintainerCanModify = mayModify ?? issue.pull.maintainerCanModify;
    }
    if (base !== undefined) {
      await act.repository.git.exclusively(() => changePullBase(act, issue, base));
    }
    await updateIssue(act, issue, update);
    return call.json(await toPullRequest(world, act.repository, issue));
  });
  return routes;
}

/** What a pull request holds, and its merge. */
export function pullContentRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const path = '/repos/:owner/:repo/pulls/:number{[0-9]+}';
  routes.get(`${path}/files`, async (call) => {
    const repository = readRepository(world, call);
    const { pull } = findPull(repository, call.req.param('number'));
    const { mergeBase } = await readPullFacts(repository.git, pull.baseSha, pull.headSha);
    const files = await readChangedFiles(repository.git, mergeBase, pull.headSha);
    const page = paginate(world, call, files);
    return call.json(page.map((file) => toDiffEntry(world, repository, { file, sha: pull.headSha })));
  });
  routes.get(`${path}/commits`, async (call) => {
    const repository = readRepository(world, call);
    const { pull } = findPull(repository, call.req.param('number'));
    const range = { exclude: [pull.baseSha], order: 'oldest-first' } as const;
    const page = paginate(world, call, await listCommitShas(repository.git, pull.headSha, range));
    const commits = await readCommits(repository.git, page);
    return call.json(commits.map((commit) => toCommit(world, repository, commit)));
  });
  routes.get(`${path}/merge`, (call) => {
    const repository = readRepository(world, call);
    return call.body(null, findPull(repository, call.req.param('number')).pull.merge ? 204 : 404);
  });
  routes.put(`${path}/merge`, accepted(world, 'pulls/merge'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writeContents) };
    const issue = findPull(act.repository, call.req.param('number'));
    const body = await readBody(call, merge);
    const sha = await mergePull(act, issue, {
      method: body.merge_method,
      sha: body.sha ?? null,
      title: body.commit_title ?? null,
      message: body.commit_message ?? null,
    });
    const answer: Rest['pull-request-merge-result'] = {
      sha,
      merged: true,
      message: 'Pull Request successfully merged',
    };
    return call.json(answer);
  });
  return routes;
}
