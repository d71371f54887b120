import { Hono } from 'hono';
import { readChangedFiles, readDiffText } from '../git/changed-files.ts';
import { type Commit, readCommit, readCommits } from '../git/commit.ts';
import { listCommitShas, readDivergence } from '../git/commit-range.ts';
import { resolveCommit } from '../git/refs.ts';
import { resolveCompared } from '../operations/resolve-compared.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toCommit, toDiffEntry } from '../serializers/to-commit.ts';
import { toRepositoryUrl } from '../serializers/to-repository.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readRepository } from '../server/repository-of.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { requireCommit } from './commit-check-routes.ts';
import { NEEDS } from './needs.ts';

// GitHub's comparison shows no more commits and files than these.
const MOST_COMMITS = 250;
const MOST_FILES = 300;

/** Commits and comparisons. */
export function commitRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/repos/:owner/:repo/commits', async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    const tip = await resolveCommit(repository.git, call.req.query('sha') ?? repository.defaultBranch);
    if (!tip) {
      throw call.req.query('sha') === undefined
        ? new GitHubError(409, 'Git Repository is empty.')
        : notFound();
    }
    const path = call.req.query('path');
    const shas = await listCommitShas(repository.git, tip, path === undefined ? {} : { path });
    const commits = await readCommits(repository.git, paginate(world, call, shas));
    return call.json(commits.map((commit) => toCommit(world, repository, commit)));
  });
  routes.get('/repos/:owner/:repo/compare/:basehead{.+}', async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    const actor = call.get('actor');
    const [base = '', head = ''] = call.req.param('basehead').split('...');
    const baseSha = await resolveCompared(world, repository, { name: base, actor });
    const headSha = await resolveCompared(world, repository, { name: head, actor });
    if (!baseSha || !headSha) {
      throw notFound();
    }
    if (/\.(diff|patch)\b/.test(call.req.header('accept') ?? '')) {
      const { mergeBase } = await readDivergence(repository.git, baseSha, headSha);
      return call.text(await readDiffText(repository.git, mergeBase, headSha));
    }
    return call.json(await compare(world, repository, { base: baseSha, head: headSha }));
  });
  routes.get('/repos/:owner/:repo/commits/:ref{.+}', async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    const sha = await requireCommit(repository, call.req.param('ref'));
    if (/\bsha\b/.test(call.req.header('accept') ?? '')) {
      return call.text(sha);
    }
    const commit = await readCommit(repository.git, sha);
    return call.json(await toFullCommit(world, repository, commit ?? fail()));
  });
  return routes;
}

/** A commit with its changed files. */
async function toFullCommit(world: World, repository: Repository, commit: Commit): Promise<Rest['commit']> {
  const files = await readChangedFiles(repository.git, commit.parents[0] ?? null, commit.sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    ...toCommit(world, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: files.map((file) => toDiffEntry(world, repository, { file, sha: commit.sha })),
  };
}

async function compare(
  world: World,
  repository: Repository,
  { base, head }: { base: string; head: string },
): Promise<Rest['commit-comparison']> {
  const { git } = repository;
  const { mergeBase, ahead, behind } = await readDivergence(git, base, head);
  if (mergeBase === null) {
    throw notFound();
  }
  const [shas, files, baseCommit, mergeBaseCommit] = await Promise.all([
    listCommitShas(git, head, { exclude: [base], order: 'oldest-first' }),
    readChangedFiles(git, mergeBase, head),
    readCommit(git, base),
    readCommit(git, mergeBase),
  ]);
  const commits = await readCommits(git, shas.slice(-MOST_COMMITS));
  const html = `${world.url}/${repository.fullName}/compare/${base}...${head}`;
  return {
    url: `${toRepositoryUrl(world, repository)}/compare/${base}...${head}`,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: toCommit(world, repository, baseCommit ?? fail()),
    merge_base_commit: toCommit(world, repository, mergeBaseCommit ?? fail()),
    status: toStatus(ahead, behind),
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: commits.map((commit) => toCommit(world, repository, commit)),
    files: files.slice(0, MOST_FILES).map((file) => toDiffEntry(world, repository, { file, sha: head })),
  };
}

function toStatus(ahead: number, behind: number): Rest['commit-comparison']['status'] {
  if (ahead > 0) {
    return behind > 0 ? 'diverged' : 'ahead';
  }
  return behind > 0 ? 'behind' : 'identical';
}

function fail(): never {
  throw notFound();
}
