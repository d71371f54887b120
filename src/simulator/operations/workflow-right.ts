import { readChangedFiles } from '../git/changed-files.ts';
import { findNewWorkflowFile, WORKFLOWS } from '../git/workflow-files.ts';
import { GitHubError } from '../server/github-error.ts';
import type { Actor } from '../state/actor.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Act } from './act.ts';
import { readPullFacts } from './pull-facts.ts';

/** Only an App needs a permission of its own for what Actions runs. */
export function mayChangeWorkflows(actor: Actor): boolean {
  return actor.kind !== 'installation' || actor.permissions.workflows === 'write';
}

/** GitHub's refusal, which names the first file. */
export function toWorkflowRefusal(path: string): string {
  return `refusing to allow a GitHub App to create or update workflow \`${path}\` without \`workflows\` permission`;
}

/** @throws GitHubError 403 when the App may not write this path. */
export function requireWorkflowPath(act: Act, path: string): void {
  if (path.startsWith(WORKFLOWS) && !mayChangeWorkflows(act.actor)) {
    throw new GitHubError(403, 'Resource not accessible by integration');
  }
}

/** @throws GitHubError 403 when a ref at this commit would bring workflow files which the App may not write. */
export async function requireWorkflowCommit(act: Act, sha: string): Promise<void> {
  if (mayChangeWorkflows(act.actor)) {
    return;
  }
  const commit = await act.repository.git.objects.read(`${sha}^{commit}`);
  if (commit && (await findNewWorkflowFile(act.repository.git, commit.sha)) !== null) {
    throw new GitHubError(403, 'Resource not accessible by integration');
  }
}

/** @throws GitHubError 403 when merging would change workflow files which the App may not write. */
export async function requireWorkflowMerge(act: Act, issue: PullIssue): Promise<void> {
  if (mayChangeWorkflows(act.actor)) {
    return;
  }
  const { git } = act.repository;
  const { mergeBase } = await readPullFacts(git, issue.pull.baseSha, issue.pull.headSha);
  const files = await readChangedFiles(git, mergeBase, issue.pull.headSha);
  const touched = files.find((file) => file.path.startsWith(WORKFLOWS));
  if (touched) {
    throw new GitHubError(403, toWorkflowRefusal(touched.path));
  }
}
