import type { Hold } from './hold.ts';
import type { Ask } from './intent.ts';

/** A button on a check run, by which a person answers a hold. */
export interface Button {
  /** What GitHub sends back when it is pressed, at most 20 characters. */
  readonly identifier: string;
  readonly label: string;
  readonly description: string;
}

/**
 * The buttons for a hold. The one that approves names the digest of what is shown, so a page that somebody left open
 * cannot approve what came later.
 */
export function toButtons(hold: Hold): readonly Button[] {
  return hold.kind === 'escalation'
    ? [
        { identifier: 'retry', label: 'Retry', description: 'Go on without further guidance' },
        { identifier: 'cancel', label: 'Cancel', description: 'End the run; its branch stays' },
      ]
    : [
        { identifier: `approve:${hold.digest}`, label: 'Approve', description: 'Approve what is shown here' },
        { identifier: 'reject', label: 'Reject', description: 'Send it back without a reason' },
      ];
}

/** What a pressed button asks, or null when it is none of ours. */
export function parseButton(identifier: string): Ask | null {
  const approve = /^approve(?::([0-9a-f]{12}))?$/.exec(identifier);
  if (approve !== null) {
    return { kind: 'approve', digest: approve[1] ?? null };
  }
  switch (identifier) {
    case 'reject':
      return { kind: 'reject', reason: 'rejected with the button, without a reason' };
    case 'retry':
      return { kind: 'retry', guidance: '' };
    case 'cancel':
      return { kind: 'cancel', reason: '' };
    default:
      return null;
  }
}
