import { defineAttack } from '../attack.ts';
import { equal, without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X17',
  title: 'a file that fills the disk, and more processes than anybody needs',
  prepare: ({ word }) => ({
    acts: [
      { run: 'head -c 200000000 /dev/zero > big; echo it has $(wc -c < big) bytes; rm big' },
      {
        run: [
          `for i in $(seq 400); do sh -c 'sleep 45; : ${word}' & done >/dev/null 2>&1`,
          'sleep 4; echo all are running',
        ].join('\n'),
      },
    ],
    isLethal: true,
  }),
  check: async (seen) => [
    without('what the agent was told', seen.results.join('\n'), 'it has 200000000 bytes'),
    without('what the agent was told', seen.results.join('\n'), 'all are running'),
    equal('survivors', await seen.endSurvivors(), 0),
  ],
});
