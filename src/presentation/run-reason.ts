import type { Order, Run } from '../domain/run.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';

const MAX_LENGTH = 500;

/** Whoever has more faults than this begins with these. */
const MAX_FAULTS = 30;

/** Why a run ended as it did, when it did not succeed, or what it queues for; empty when there is nothing to say. */
export function runReason(run: Run): string {
  switch (run.state) {
    case 'refused':
      return refusalWords(run.reason);
    case 'failed':
    case 'cancelled':
    case 'withdrawn':
      return reasonWords(run.reason);
    case 'queued':
      return queuedWords(run.order);
    case 'merged':
      return 'What was still to be done, or asked, is left out: whoever merged has decided.';
    case 'running':
    case 'held':
    case 'succeeded':
      return '';
  }
}

function reasonWords(reason: string): string {
  return reason === '' ? '' : `**Why:** ${inline(reason, MAX_LENGTH)}`;
}

function queuedWords({ change }: Order): string {
  return `Runs of one ${change === undefined ? 'issue' : 'pull request'} follow one another.`;
}

/** Why a run could not start. All faults of a configuration are told, a line each, so that they can be mended together. */
export function refusalWords(reason: string): string {
  const faults = reason
    .split('\n')
    .map((line) => inline(line, MAX_LENGTH))
    .filter((line) => line !== '');
  const shown = faults.slice(0, MAX_FAULTS).map((fault) => `- ${fault}`);
  const left = faults.length - shown.length;
  const why =
    faults.length === 1
      ? `**Why:** ${faults[0]}`
      : ['**Why:**', '', ...shown, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n');
  return `${why}\n\nWhen that is mended, ask again: comment ${code('/baton run')}, or take the label off and put it on again.`;
}
