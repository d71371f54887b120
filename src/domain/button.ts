import type { Hold } from './hold.ts';
import type { Ask } from './intent.ts';

/** A button on a check run, by which a person answers a hold. */
export interface Button {
  /** What GitHub sends back when it is pressed, at most 20 characters. */
  readonly identifier: string;
  /** At most 20 characters. */
  readonly label: string;
  /** At most 40 characters. */
  readonly description: string;
}

/** GitHub shows three. */
const MAX_BUTTONS = 3;

/**
 * The buttons for a hold. Each names what it was made for, so a page that somebody left open cannot answer what came
 * later.
 */
export function toButtons(hold: Hold): readonly Button[] {
  switch (hold.kind) {
    case 'approval':
    case 'security':
      return [
        { identifier: `approve:${hold.digest}`, label: 'Approve', description: 'Approve what is shown here' },
        {
          identifier: `reject:${hold.digest}`,
          label: 'Reject',
          description: 'Send it back without a reason',
        },
      ];
    case 'escalation':
      return toChoices(hold);
    case 'pause':
      // Nothing was asked about a commit, so there is no check that could have them.
      return [];
  }
}

/** The first options and the last one, which ends the run; the others are for `/baton choose`. */
function toChoices(hold: Extract<Hold, { kind: 'escalation' }>): readonly Button[] {
  const { options } = hold;
  const numbered = options.map((option, index) => ({ option, number: index + 1 }));
  const shown =
    numbered.length <= MAX_BUTTONS
      ? numbered
      : [...numbered.slice(0, MAX_BUTTONS - 1), ...numbered.slice(-1)];
  return shown.map(({ option, number }) => ({
    identifier: `choose:${number}:${toStamp(hold.openedAt)}`,
    label: clip(`${number}: ${option.title}`, 20),
    description: clip(option.title, 40),
  }));
}

/** At most `max` characters, with a sign that more was there. */
function clip(text: string, max: number): string {
  // Half a character is none.
  const start = text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '');
  return text.length <= max ? text : `${start.trimEnd()}…`;
}

/** Tells the questions of a run apart: the digits of the time from the year to the second, in base 36. */
export function toStamp(openedAt: string): string {
  return Number(openedAt.replaceAll(/\D/g, '').slice(2, 14)).toString(36);
}

/** What a pressed button asks, or null when it is none of ours. */
export function parseButton(identifier: string): Ask | null {
  const [, verb, digest] = /^(approve|reject):([0-9a-f]{12})$/.exec(identifier) ?? [];
  if (digest !== undefined) {
    return verb === 'approve'
      ? { kind: 'approve', digest }
      : { kind: 'reject', digest, reason: 'rejected with the button, without a reason' };
  }
  const [, option, stamp] = /^choose:([1-9]\d?):([0-9a-z]{1,9})$/.exec(identifier) ?? [];
  if (stamp !== undefined) {
    return { kind: 'choose', option: Number(option), stamp };
  }
  // GitHub's own `Re-run`, which cannot say what it is about.
  return identifier === 'retry' ? { kind: 'retry', guidance: '' } : null;
}
