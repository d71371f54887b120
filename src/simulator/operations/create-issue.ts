import { mayWrite } from '../auth/require-access.ts';
import { invalid } from '../server/github-error.ts';
import type { Account } from '../state/account.ts';
import type { Issue } from '../state/issue.ts';
import { toNodeId } from '../state/node-id.ts';
import type { PullRequest } from '../state/pull-request.ts';
import { timestamp } from '../state/timestamp.ts';
import { emitIssueChange } from '../webhooks/emit-issues.ts';
import { type Act, isViaApp } from './act.ts';
import { announceLabel, ensureLabel } from './labels.ts';
import { requireBodySize, requireTitle } from './limits.ts';

export type NewIssue = {
  readonly title: string;
  readonly body: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
};

/** Opens an issue. Labels and assignees of someone without triage rights are ignored, as on GitHub. */
export async function createIssue(act: Act, wanted: NewIssue): Promise<Issue> {
  requireTitle('Issue', wanted.title);
  requireBodySize('Issue', wanted.body);
  const mayTriage = mayWrite(act.world, act.repository, {
    actor: act.actor,
    need: { role: 'triage', permissions: ['issues'] },
  });
  const issue = addIssue(act, { title: wanted.title, body: wanted.body, pull: null });
  if (mayTriage) {
    issue.assignees.push(...findAssignees(act, wanted.assignees));
    issue.labels.push(...new Set(wanted.labels.map((name) => ensureLabel(act, name))));
  }
  // The issue is told of with all its labels, and then each label on its own.
  await emitIssueChange(act, issue, { action: 'opened' });
  for (const label of issue.labels) {
    await announceLabel(act, issue, label);
  }
  return issue;
}

/** Puts a new issue or pull request under the next number. */
export function addIssue(
  act: Act,
  wanted: { title: string; body: string | null; pull: PullRequest | null },
): Issue {
  const now = timestamp();
  const id = act.world.nextId();
  const issue: Issue = {
    id,
    nodeId: toNodeId('I', id),
    number: act.repository.issues.size + 1,
    user: act.actor.account,
    viaApp: isViaApp(act),
    createdAt: now,
    labels: [],
    assignees: [],
    reactions: [],
    pull: wanted.pull,
    title: wanted.title,
    body: wanted.body,
    state: 'open',
    stateReason: null,
    lock: null,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
  };
  act.repository.issues.set(issue.number, issue);
  return issue;
}

/** @throws GitHubError 422 for a login nobody has. */
export function findAssignees(act: Act, logins: readonly string[]): Account[] {
  return logins.map((login) => {
    const account = act.world.accounts.get(login.toLowerCase());
    if (account?.type !== 'User') {
      throw invalid('Issue', 'assignees', { code: 'invalid', message: `${login} cannot be assigned` });
    }
    return account;
  });
}
