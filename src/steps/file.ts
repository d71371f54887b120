import { z } from 'zod';
import { defineStepKind } from '../domain/step-kind.ts';

export const stepKind = defineStepKind({
  name: 'file',
  summary: 'Files what earlier steps have found as issues, where no pull request is opened.',
  options: z.strictObject({}),
  async perform({ world }) {
    const { debts, unfiled } = await world.fileDebts(null);
    const news = debts.filter(({ known }) => !known).length;
    const summary = toSummary({ news, known: debts.length - news, unfiled: unfiled.length });
    return { kind: 'passed', summary, debts: [...debts], unfiled: [...unfiled] };
  },
});

/** Only what there is something of. */
function toSummary(counts: {
  readonly news: number;
  readonly known: number;
  readonly unfiled: number;
}): string {
  const { news, known, unfiled } = counts;
  const parts = [
    news === 0 ? '' : `${news} ${news === 1 ? 'issue was' : 'issues were'} opened`,
    known === 0 ? '' : `${known} ${known === 1 ? 'was' : 'were'} known`,
    unfiled === 0 ? '' : `${unfiled} could not be filed`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing was found' : parts.join(', ');
}
