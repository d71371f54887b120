import { type Commit, readCommit } from '../git/commit.ts';
import type { CheckConclusion, CheckRun, CheckSuite } from '../state/check-run.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toCheckPulls } from './to-check-run.ts';
import { toIntegration } from './to-integration.ts';
import { toRepository, toRepositoryUrl } from './to-repository.ts';

/** A check suite with its head commit. */
export async function toCheckSuite(
  world: World,
  repository: Repository,
  suite: CheckSuite,
): Promise<Rest['check-suite']> {
  const commit = await readCommit(repository.git, suite.headSha);
  if (!commit) {
    throw new Error(
      `The commit ${suite.headSha} of check suite ${suite.id} is gone from ${repository.fullName}.`,
    );
  }
  const runs = listSuiteRuns(repository, suite);
  return {
    ...toCheckSuiteBase(world, repository, suite),
    repository: toRepository(world, repository),
    head_commit: toSimpleCommit(commit),
    latest_check_runs_count: runs.length,
    check_runs_url: `${toRepositoryUrl(world, repository)}/check-suites/${suite.id}/check-runs`,
    rerequestable: true,
    runs_rerequestable: true,
  };
}

/** The part of a suite that also goes into payloads. */
export function toCheckSuiteBase(world: World, repository: Repository, suite: CheckSuite) {
  return {
    id: suite.id,
    node_id: suite.nodeId,
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...toSuiteState(listSuiteRuns(repository, suite)),
    url: `${toRepositoryUrl(world, repository)}/check-suites/${suite.id}`,
    before: suite.before,
    after: suite.headSha,
    pull_requests: toCheckPulls(world, repository, suite.headSha),
    app: toIntegration(world),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
  };
}

/** A commit as it appears in suites and pushes. */
export function toSimpleCommit(commit: Commit): Rest['simple-commit'] {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

function listSuiteRuns(repository: Repository, suite: CheckSuite): CheckRun[] {
  return [...repository.checkRuns.values()].filter((run) => run.suiteId === suite.id);
}

// Worst first: a suite is as bad as its worst run.
const SEVERITY: readonly CheckConclusion[] = [
  'failure',
  'timed_out',
  'action_required',
  'cancelled',
  'success',
  'neutral',
  'skipped',
];

type SuiteState = {
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: CheckConclusion | null;
};

function toSuiteState(runs: readonly CheckRun[]): SuiteState {
  if (runs.length === 0) {
    return { status: 'queued', conclusion: null };
  }
  if (runs.some((run) => run.status !== 'completed')) {
    return { status: 'in_progress', conclusion: null };
  }
  return {
    status: 'completed',
    conclusion: SEVERITY.find((one) => runs.some((run) => run.conclusion === one)) ?? null,
  };
}
