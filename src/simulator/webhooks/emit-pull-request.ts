import type { Act } from '../operations/act.ts';
import type { Webhooks } from '../serializers/schemas.ts';
import { toLabel } from '../serializers/to-label.ts';
import { toPullRequest } from '../serializers/to-pull-request.ts';
import { toSimpleUser } from '../serializers/to-simple-user.ts';
import type { Account } from '../state/account.ts';
import { type Issue, isPull } from '../state/issue.ts';
import type { Label } from '../state/label.ts';
import type { EditedFields } from './edited-fields.ts';
import { emit, isListening } from './emit.ts';
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
  if ('label' in change) {
    const label = toLabel(act.world, act.repository, change.label);
    return change.action === 'labeled'
      ? { ...base, action: 'labeled', label }
      : { ...base, action: 'unlabeled', label };
  }
  if ('assignee' in change) {
    const assignee = toSimpleUser(act.world, change.assignee);
    return change.action === 'assigned'
      ? { ...base, action: 'assigned', assignee }
      : { ...base, action: 'unassigned', assignee };
  }
  return toDetailedPayload(act, base, change);
}

type OtherChange = Exclude<PullChange, { label: Label } | { assignee: Account }>;

function toDetailedPayload(act: Act, base: Base, change: OtherChange): PullPayload {
  if ('changes' in change) {
    return { ...base, action: 'edited', changes: { ...change.changes } };
  }
  if ('before' in change) {
    return { ...base, action: 'synchronize', before: change.before, after: change.after };
  }
  if ('reviewer' in change) {
    const reviewer = toSimpleUser(act.world, change.reviewer);
    return { ...base, action: 'review_requested', requested_reviewer: reviewer };
  }
  return toPlainPayload(base, change.action);
}

type Detailed = { changes: unknown } | { before: string } | { reviewer: Account };
type PlainAction = Exclude<OtherChange, Detailed>['action'];

// GitHub's types tie some actions to the state they leave.
function toPlainPayload(base: Base, action: PlainAction): PullPayload {
  if (action === 'closed') {
    return { ...base, action, pull_request: { ...base.pull_request, state: 'closed' } };
  }
  if (action === 'opened') {
    return { ...base, action, pull_request: { ...base.pull_request, state: 'open' } };
  }
  if (action === 'reopened') {
    return { ...base, action, pull_request: { ...base.pull_request, state: 'open' } };
  }
  return { ...base, action };
}
