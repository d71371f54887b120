import { defineAttack } from '../attack.ts';
import { equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X7',
  title: "looking for the server's process, to trace it or to end it",
  prepare: () => ({
    acts: [
      {
        run: `cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -o 'naive/[b]ot.ts\\|src/[m]ain.ts' | sort | uniq -c; echo looked`,
      },
      { run: 'echo "export const sum = 1;" > src/sum.ts' },
    ],
  }),
  check: ({ results }) => [
    equal('servers seen', /bot\.ts|main\.ts/.exec(results[0] ?? '')?.[0] ?? 'none', 'none'),
  ],
});
