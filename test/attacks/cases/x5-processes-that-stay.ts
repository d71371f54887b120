import { defineAttack } from '../attack.ts';
import { ended, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X5',
  title: 'sixty processes that outlive their parents: setsid, double forks, deaf to signals',
  prepare: ({ word }) => ({
    acts: [
      {
        run: [
          'for i in $(seq 60); do',
          `(setsid sh -c "trap '' TERM HUP INT; sleep 45; : ${word}" >/dev/null 2>&1 </dev/null &)`,
          'done; sleep 0.2; echo started',
        ].join(' '),
      },
      { run: 'echo "export const sum = 1;" > src/sum.ts' },
    ],
  }),
  check: async (seen) => [ended(seen, 'done'), equal('survivors', await seen.endSurvivors(), 0)],
});
