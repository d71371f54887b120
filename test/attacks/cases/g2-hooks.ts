import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

const HOOKS = [
  'pre-commit',
  'commit-msg',
  'post-commit',
  'pre-push',
  'post-checkout',
  'post-index-change',
  'reference-transaction',
];

export const attack = defineAttack({
  id: 'G2',
  title: 'hooks in .git/hooks',
  prepare: ({ tripwire }) => ({
    acts: [
      ...HOOKS.map((hook) => ({
        run: `mkdir -p .git/hooks && printf '#!/bin/sh\\ntouch %s\\n' '${tripwire(hook)}' > .git/hooks/${hook} && chmod +x .git/hooks/${hook}`,
      })),
      { run: 'echo "export const sum = 1;" > src/sum.ts' },
    ],
  }),
  check: (seen) => [ended(seen, 'held')],
});
