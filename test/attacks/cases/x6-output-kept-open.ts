import { defineAttack } from '../attack.ts';
import { ended, equal, without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X6',
  title: 'a child that keeps the output open after its parent has ended, in the agent and in the tests',
  prepare: ({ word }) => ({
    files: { 'package.json': `{"scripts":{"test":"sh -c 'sleep 3; : ${word}' & echo tested"}}\n` },
    acts: [{ run: `sh -c 'sleep 60; : ${word}' & echo "export const sum = 1;" > src/sum.ts` }],
  }),
  check: async (seen) => [
    ended(seen, 'done'),
    without('what the agent was told', seen.results[0] ?? '', /Command failed|too long|time/),
    equal('survivors', await seen.endSurvivors(), 0),
  ],
});
