import { changeSchema } from '../domain/change.ts';
import { type Surface, surfaceSchema } from '../domain/surface.ts';
import type { CodeHost, SurfaceReference } from '../ports/code-host.ts';
import { isFork } from './is-fork.ts';
import { isInTeam } from './is-in-team.ts';
import { permissionOf } from './permission-of.ts';
import { ensureCheckRun } from './publish/ensure-check-run.ts';
import { ensureComment } from './publish/ensure-comment.ts';
import { ensureIssue } from './publish/ensure-issue.ts';
import { ensureLabel } from './publish/ensure-label.ts';
import { ensureMerged } from './publish/ensure-merged.ts';
import { ensurePullRequest } from './publish/ensure-pull-request.ts';
import { ensureReaction } from './publish/ensure-reaction.ts';
import { type Place, type Publishing, toIssueParameters } from './publish/publishing.ts';

/** GitHub, as orchestration needs it. */
export function createCodeHost(publishing: Publishing): CodeHost {
  const { clientFor } = publishing;
  return {
    permissionOf: (repository, actor) => permissionOf(clientFor, repository, actor),
    isInTeam: (repository, membership) => isInTeam(clientFor, repository, membership),
    async issue(subject) {
      const { rest } = clientFor(subject.repository, 'read');
      const { data } = await rest.issues.get(toIssueParameters(subject));
      return {
        state: data.state === 'closed' ? 'closed' : 'open',
        labels: data.labels.flatMap((label) => toLabelName(label)),
        isPullRequest: data.pull_request !== undefined,
      };
    },
    async pullRequest(subject) {
      const { owner, name } = subject.repository;
      const { rest } = clientFor(subject.repository, 'read');
      const { data } = await rest.pulls.get({ owner, repo: name, pull_number: subject.number });
      const { head, base, state, draft = false } = data;
      return {
        state,
        isDraft: draft,
        change: changeSchema.parse({
          headSha: head.sha,
          baseRef: base.ref,
          fork: isFork(head, subject.repository),
        }),
      };
    },
    async isMerged({ owner, name, ...repository }, branch) {
      const { rest } = clientFor({ owner, name, ...repository }, 'read');
      const query = {
        owner,
        repo: name,
        head: `${owner}:${branch}`,
        state: 'closed',
        per_page: 100,
      } as const;
      const { data } = await rest.pulls.list(query);
      return data.some((pull) => pull.merged_at !== null);
    },
    ensure: (subject, owner, surface) =>
      ensureSurface(publishing, { subject, owner }, surfaceSchema.parse(surface)),
    ensureIssue: (repository, request) => ensureIssue(publishing, repository, request),
    mergePullRequest: (repository, request) => ensureMerged(publishing, repository, request),
  };
}

async function ensureSurface(
  publishing: Publishing,
  place: Place,
  surface: Surface,
): Promise<SurfaceReference> {
  const wanted = { ...place, key: surface.key };
  switch (surface.kind) {
    case 'comment':
      return ensureComment(publishing, { ...wanted, surface });
    case 'check-run':
      return ensureCheckRun(publishing, { ...wanted, surface });
    case 'pull-request':
      return ensurePullRequest(publishing, { ...wanted, surface });
    case 'label':
      return ensureLabel(publishing, { ...wanted, surface });
    case 'reaction':
      return ensureReaction(publishing, { ...wanted, surface });
  }
}

function toLabelName(label: string | { readonly name?: string }): readonly string[] {
  const name = typeof label === 'string' ? label : label.name;
  return name === undefined ? [] : [name];
}
