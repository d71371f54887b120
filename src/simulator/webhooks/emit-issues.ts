import type { Act } from '../operations/act.ts';
import type { Webhooks, WithIssue } from '../serializers/schemas.ts';
import { toLabel } from '../serializers/to-label.ts';
import { toSimpleUser } from '../serializers/to-simple-user.ts';
import { toWebhookIssue } from '../serializers/to-webhook-issue.ts';
import type { Account } from '../state/account.ts';
import type { Issue } from '../state/issue.ts';
import type { Label } from '../state/label.ts';
import type { EditedFields } from './edited-fields.ts';
import { emit, isListening } from './emit.ts';
import { emitPullRequest } from './emit-pull-request.ts';
import { toEnvelope } from './to-envelope.ts';

/** What happened to an issue. */
export type IssueChange =
  | { readonly action: 'opened' | 'closed' | 'reopened' | 'locked' | 'unlocked' }
  | { readonly action: 'labeled' | 'unlabeled'; readonly label: Label }
  | { readonly action: 'assigned' | 'unassigned'; readonly assignee: Account }
  | { readonly action: 'edited'; readonly changes: EditedFields };

/** Tells the App of a change to an issue; for a pull request GitHub sends `pull_request` instead. */
export async function emitIssueChange(act: Act, issue: Issue, change: IssueChange): Promise<void> {
  if (issue.pull) {
    await emitPullRequest(act, issue, change);
    return;
  }
  if (isListening(act.world, 'issues', act.repository)) {
    emit(act.world, {
      event: 'issues',
      repository: act.repository,
      payload: toIssuesPayload(act, issue, change),
    });
  }
}

type IssuesPayload = WithIssue<
  | Webhooks['webhook-issues-opened']
  | Webhooks['webhook-issues-closed']
  | Webhooks['webhook-issues-reopened']
  | Webhooks['webhook-issues-locked']
  | Webhooks['webhook-issues-unlocked']
  | Webhooks['webhook-issues-labeled']
  | Webhooks['webhook-issues-unlabeled']
  | Webhooks['webhook-issues-assigned']
  | Webhooks['webhook-issues-unassigned']
  | Webhooks['webhook-issues-edited']
>;

function toIssuesPayload(act: Act, issue: Issue, change: IssueChange): IssuesPayload {
  const base = {
    issue: toWebhookIssue(act.world, act.repository, issue),
    ...toEnvelope(act.world, act.repository, act.actor.account),
  };
  if ('label' in change) {
    return { ...base, action: change.action, label: toLabel(act.world, act.repository, change.label) };
  }
  if ('assignee' in change) {
    return { ...base, action: change.action, assignee: toSimpleUser(act.world, change.assignee) };
  }
  if ('changes' in change) {
    return { ...base, action: 'edited', changes: { ...change.changes } };
  }
  return { ...base, action: change.action };
}
