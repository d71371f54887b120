import type { FiledDebt, UnfiledDebt } from '../domain/debt.ts';
import type { BegunRun } from '../domain/run.ts';
import { inline } from './inline.ts';

const MAX_TITLE = 200;

/** What a run has put off, as a list: each with its issue, or with why it has none. */
export function putOffList(filed: readonly FiledDebt[], unfiled: readonly UnfiledDebt[]): string {
  return [
    ...filed.map((debt) => `- ${reference(debt)}: ${inline(debt.title, MAX_TITLE)}`),
    ...unfiled.map(({ title, why }) => `- Not filed, because ${why}: ${inline(title, MAX_TITLE)}`),
  ].join('\n');
}

/** The same in one line; empty when nothing was put off. */
export function putOffLine({ debts, unfiled }: Pick<BegunRun, 'debts' | 'unfiled'>): string {
  const parts = [
    ...debts.map(reference),
    ...(unfiled.length === 0 ? [] : [`${unfiled.length} without an issue, named in the pull request`]),
  ];
  return parts.length === 0 ? '' : `**Put off:** ${parts.join(', ')}.`;
}

function reference({ number, known }: FiledDebt): string {
  return `#${number}${known ? ' (known before)' : ''}`;
}
