import type { CheckAnnotation, CheckRun } from '../state/check-run.ts';
import type { PullIssue } from '../state/issue.ts';
import { listOpenPulls } from '../state/list-open-pulls.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toIntegration } from './to-integration.ts';
import { toRepositoryUrl } from './to-repository.ts';

/** A check run. Like GitHub's, it does not show its actions. */
export function toCheckRun(world: World, repository: Repository, run: CheckRun) {
  const url = `${toRepositoryUrl(world, repository)}/check-runs/${run.id}`;
  return {
    id: run.id,
    node_id: run.nodeId,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${world.url}/${repository.fullName}/runs/${run.id}`,
    details_url: run.detailsUrl ?? `${world.url}/${repository.fullName}/runs/${run.id}`,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suiteId },
    app: toIntegration(world),
    pull_requests: toCheckPulls(world, repository, run.headSha),
  } satisfies Rest['check-run'];
}

/** An annotation of a check run. */
export function toAnnotation(
  world: World,
  repository: Repository,
  of: { annotation: CheckAnnotation; sha: string },
): Rest['check-annotation'] {
  const { annotation, sha } = of;
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    start_column: annotation.startColumn,
    end_column: annotation.endColumn,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
    raw_details: annotation.rawDetails,
    blob_href: `${world.url}/${repository.fullName}/blob/${sha}/${annotation.path}`,
  };
}

/** The open pull requests whose head is the commit. Those from forks are left out, as GitHub's Checks API does. */
export function toCheckPulls(
  world: World,
  repository: Repository,
  sha: string,
): Rest['pull-request-minimal'][] {
  const pulls = listOpenPulls(repository).filter(
    ({ pull }) => pull.headSha === sha && pull.headRepositoryId === repository.id,
  );
  return pulls.map((issue) => toPullMinimal(world, repository, issue));
}

function toPullMinimal(world: World, repository: Repository, issue: PullIssue): Rest['pull-request-minimal'] {
  const url = toRepositoryUrl(world, repository);
  const repo = { id: repository.id, url, name: repository.name };
  return {
    id: issue.pull.id,
    number: issue.number,
    url: `${url}/pulls/${issue.number}`,
    head: { ref: issue.pull.headRef, sha: issue.pull.headSha, repo },
    base: { ref: issue.pull.baseRef, sha: issue.pull.baseSha, repo },
  };
}
