import { z } from 'zod';
import { defineStepKind } from '../domain/step-kind.ts';

export const stepKind = defineStepKind({
  name: 'file',
  summary: 'Files what earlier steps have found as issues, where no pull request is opened.',
  options: z.strictObject({}),
  async perform({ world }) {
    const { debts, unfiled } = await world.fileDebts(null);
    const news = debts.filter(({ known }) => !known).length;
    const summary = `${news} issues were opened, ${debts.length - news} were known, ${unfiled.length} could not be filed`;
    return { kind: 'passed', summary, debts: [...debts], unfiled: [...unfiled] };
  },
});
