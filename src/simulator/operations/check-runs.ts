import { resolveCommit } from '../git/refs.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import type {
  CheckAction,
  CheckAnnotation,
  CheckConclusion,
  CheckRun,
  CheckStatus,
} from '../state/check-run.ts';
import { isPull } from '../state/issue.ts';
import { toNodeId } from '../state/node-id.ts';
import type { Repository } from '../state/repository.ts';
import { timestamp } from '../state/timestamp.ts';
import { emitCheckRun } from '../webhooks/emit-check-run.ts';
import type { Act } from './act.ts';
import { runAutoMerge } from './auto-merge.ts';
import { ensureCheckSuite } from './check-suites.ts';

/** What a create or update says; what is missing stays as it is. */
export type CheckRunChange = {
  readonly name?: string | undefined;
  readonly status?: CheckStatus | undefined;
  readonly conclusion?: CheckConclusion | undefined;
  readonly externalId?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly completedAt?: string | undefined;
  readonly output?: CheckOutput | undefined;
  readonly actions?: readonly CheckAction[] | undefined;
};

export type CheckOutput = {
  readonly title?: string | undefined;
  readonly summary: string;
  readonly text?: string | undefined;
  readonly annotations: readonly CheckAnnotation[];
};

/** @throws GitHubError 404 when there is no such check run. */
export function findCheckRun(repository: Repository, id: string | undefined): CheckRun {
  const run = repository.checkRuns.get(Number(id));
  if (!run) {
    throw notFound();
  }
  return run;
}

/** Starts a check run on a commit. @throws GitHubError 422 when the repository does not have the commit. */
export async function createCheckRun(
  act: Act,
  at: { name: string; headSha: string },
  change: CheckRunChange,
) {
  const { world, repository } = act;
  const headSha = await resolveCommit(repository.git, at.headSha);
  if (!headSha) {
    throw new GitHubError(422, `No commit found for SHA: ${at.headSha}`);
  }
  const suite = ensureCheckSuite(world, repository, {
    headSha,
    headBranch: findBranch(act, headSha),
    before: null,
  });
  const id = world.nextId();
  const run: CheckRun = {
    id,
    nodeId: toNodeId('CR', id),
    suiteId: suite.id,
    headSha,
    annotations: [],
    name: at.name,
    status: 'queued',
    conclusion: null,
    externalId: null,
    detailsUrl: null,
    startedAt: timestamp(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    actions: [],
  };
  applyChange(run, change);
  repository.checkRuns.set(id, run);
  emitCheckRun(act, run, { action: 'created' });
  if (run.status === 'completed') {
    await finish(act, run);
  }
  return run;
}

/** Changes a check run; annotations given are added to those it has. */
export async function updateCheckRun(act: Act, run: CheckRun, change: CheckRunChange): Promise<void> {
  const wasCompleted = run.status === 'completed';
  applyChange(run, change);
  if (run.status === 'completed' && (!wasCompleted || change.conclusion !== undefined)) {
    await finish(act, run);
  }
}

async function finish(act: Act, run: CheckRun): Promise<void> {
  emitCheckRun(act, run, { action: 'completed' });
  await runAutoMerge(act, run.headSha);
}

function applyChange(run: CheckRun, change: CheckRunChange): void {
  run.name = change.name ?? run.name;
  run.externalId = change.externalId ?? run.externalId;
  run.detailsUrl = change.detailsUrl ?? run.detailsUrl;
  run.startedAt = change.startedAt ?? run.startedAt;
  run.actions = change.actions ?? run.actions;
  applyState(run, change);
  if (change.output) {
    const { title, summary, text, annotations } = change.output;
    run.output = { title: title ?? run.output.title, summary, text: text ?? run.output.text };
    run.annotations.push(...annotations);
  }
}

// A conclusion completes a run whatever status is sent with it; another status reopens it.
function applyState(run: CheckRun, change: CheckRunChange): void {
  if (change.conclusion !== undefined) {
    run.status = 'completed';
    run.conclusion = change.conclusion;
    run.completedAt = change.completedAt ?? run.completedAt ?? timestamp();
  } else if (change.status !== undefined) {
    run.status = change.status;
    run.conclusion = change.status === 'completed' ? run.conclusion : null;
    run.completedAt = change.status === 'completed' ? (run.completedAt ?? timestamp()) : null;
  }
}

function findBranch(act: Act, sha: string): string | null {
  const pull = [...act.repository.issues.values()]
    .filter(isPull)
    .find((issue) => issue.pull.headSha === sha && issue.pull.headRepositoryId === act.repository.id);
  const ref = [...act.repository.announcedRefs].find(
    ([name, at]) => at === sha && name.startsWith('refs/heads/'),
  );
  return pull?.pull.headRef ?? ref?.[0].slice('refs/heads/'.length) ?? null;
}
