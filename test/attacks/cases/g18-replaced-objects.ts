import { defineAttack } from '../attack.ts';
import { containing, ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G18',
  title: 'replaced objects and grafts: history that reads other than it is',
  naiveHolds: 'git clone brings no refs/replace along',
  prepare: () => ({
    before: [
      'evil=$(printf "export const total = 666;\\n" | git hash-object -w --stdin)',
      'real=$(git rev-parse HEAD:src/total.ts)',
      'git update-ref refs/replace/$real $evil',
      'git push -q origin refs/replace/$real || true',
      'git push -q origin refs/replace/$real:refs/heads/replace/$real || true',
    ].join('\n'),
    acts: [
      { run: 'cat src/total.ts' },
      {
        run: 'mkdir -p info && git rev-parse HEAD > info/grafts 2>/dev/null; echo "export const sum = 1;" > src/sum.ts; rm -rf info',
      },
    ],
  }),
  check: (seen) => [ended(seen, 'done'), containing('the file', seen.results[0] ?? '', 'total = 1;')],
});
