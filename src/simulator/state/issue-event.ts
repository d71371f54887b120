import type { Account } from './account.ts';
import type { Label } from './label.ts';

/** A fact in an issue's timeline. Label events carry the label as it was named at the time. */
export type IssueEvent = {
  readonly id: number;
  readonly nodeId: string;
  readonly issueNumber: number;
  readonly actor: Account;
  readonly createdAt: string;
  readonly viaApp: boolean;
} & (
  | { readonly event: 'labeled' | 'unlabeled'; readonly label: Pick<Label, 'name' | 'color'> }
  | { readonly event: 'assigned' | 'unassigned'; readonly assignee: Account }
  | { readonly event: 'renamed'; readonly from: string; readonly to: string }
  | { readonly event: 'closed' | 'merged'; readonly commitId: string | null }
  | {
      readonly event:
        | 'reopened'
        | 'locked'
        | 'unlocked'
        | 'ready_for_review'
        | 'convert_to_draft'
        | 'review_requested'
        | 'head_ref_deleted'
        | 'head_ref_force_pushed'
        | 'base_ref_deleted';
    }
);
