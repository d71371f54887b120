import type { Act } from '../operations/act.ts';
import type { Webhooks } from '../serializers/schemas.ts';
import { toLabel } from '../serializers/to-label.ts';
import { toPullRequest } from '../serializers/to-pull-request.ts';
import { toSimpleUser } from '../serializers/to-simple-user.ts';
import type { Account } from '../state/account.ts';
import { type Issue, isPull } from '../state/issue.ts';
import type { Label } from '../state/label.ts';
import { emit, isListening } from './emit.ts';
import type { EditedFields } from './emit-issues.ts';
import { toEnvelope } from './to-envelope.ts';

/** What happened to a pull request. */
export type PullChange =
  | {
      readonly action:
        | 'opened'
        | 'closed'
        | 'reopened'
        | 'locked'
        | 'unlocked'
        | 'ready_for_review'
        | 'converted_to_draft'
        | 'auto_merge_enabled';
    }
  | { readonly action: 'labeled' | 'unlabeled'; readonly label: Label }
  | { readonly action: 'assigned' | 'unassigned'; readonly assignee: Account }
  | { readonly action: 'edited'; readonly changes: EditedFields }
  | { readonly action: 'synchronize'; readonly before: string; readonly after: string }
  | { readonly action: 'review_requested'; readonly reviewer: Account };

type PullPayload =
  | Webhooks['webhook-pull-request-opened']
  | Webhooks['webhook-pull-request-closed']
  | Webhooks['webhook-pull-request-reopened']
  | Webhooks['webhook-pull-request-locked']
  | Webhooks['webhook-pull-request-unlocked']
  | Webhooks['webhook-pull-request-ready-for-review']
  | Webhooks['webhook-pull-request-converted-to-draft']
  | Webhooks['webhook-pull-request-auto-merge-enabled']
  | Webhooks['webhook-pull-request-labeled']
  | Webhooks['webhook-pull-request-unlabeled']
  | Webhooks['webhook-pull-request-assigned']
  | Webhooks['webhook-pull-request-unassigned']
  | Webhooks['webhook-pull-request-edited']
  | Webhooks['webhook-pull-request-synchronize']
  | Webhooks['webhook-pull-request-review-requested'];

/** Tells the App of a change to a pull request. */
export async function emitPullRequest(act: Act, issue: Issue, change: PullChange): Promise<void> {
  if (!isPull(issue) || !isListening(act.world, 'pull_request', act.repository)) {
    return;
  }
  const shown = await toPullRequest(act.world, act.repository, issue);
  const envelope = toEnvelope(act.world, act.repository, act.actor.account);
  const base = { number: issue.number, pull_request: shown, ...envelope };
  emit(act.world, {
    event: 'pull_request',
    repository: act.repository,
    payload: toPayload(act, base, change),
  });
}

type Base = ReturnType<typeof toEnvelope> & {
  number: number;
  pull_request: Awaited<ReturnType<typeof toPullRequest>>;
};

function toPayload(act: Act, base: Base, change: PullChange): PullPayload {
  switch (change.action) {
    case 'labeled':
      return { ...base, action: 'labeled', label: toLabel(act.world, act.repository, change.label) };
    case 'unlabeled':
      return { ...base, action: 'unlabeled', label: toLabel(act.world, act.repository, change.label) };
    case 'assigned':
      return { ...base, action: 'assigned', assignee: toSimpleUser(act.world, change.assignee) };
    case 'unassigned':
      return { ...base, action: 'unassigned', assignee: toSimpleUser(act.world, change.assignee) };
    case 'edited':
      return { ...base, action: 'edited', changes: { ...change.changes } };
    case 'synchronize':
      return { ...base, action: 'synchronize', before: change.before, after: change.after };
    case 'review_requested':
      return {
        ...base,
        action: 'review_requested',
        requested_reviewer: toSimpleUser(act.world, change.reviewer),
      };
    case 'opened':
    case 'closed':
    case 'reopened':
    case 'locked':
    case 'unlocked':
    case 'ready_for_review':
    case 'converted_to_draft':
    case 'auto_merge_enabled':
      return toPlainPayload(base, change.action);
  }
}

type PlainAction = Exclude<
  PullChange,
  { label: Label } | { assignee: Account } | { changes: unknown } | { before: string } | { reviewer: Account }
>['action'];

// GitHub's types tie each action to the state it leaves, which is why they are spelled out one by one.
function toPlainPayload(base: Base, action: PlainAction): PullPayload {
  switch (action) {
    case 'closed':
      return { ...base, action, pull_request: { ...base.pull_request, state: 'closed' } };
    case 'opened':
      return { ...base, action, pull_request: { ...base.pull_request, state: 'open' } };
    case 'reopened':
      return { ...base, action, pull_request: { ...base.pull_request, state: 'open' } };
    default:
      return { ...base, action };
  }
}
