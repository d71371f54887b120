import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X4',
  title: 'scripts that npm runs before and after the tests',
  prepare: ({ tripwire }) => ({
    files: { 'package.json': '{"scripts":{"test":"true"}}\n' },
    acts: [
      {
        write: 'package.json',
        content: JSON.stringify({
          scripts: {
            test: 'true',
            pretest: `touch ${tripwire('pretest')}`,
            posttest: `touch ${tripwire('posttest')}`,
          },
        }),
      },
    ],
  }),
  // The base's own command is run, not `npm test`, so they are never run here. What merging makes of them, people decide.
  check: (seen) => [ended(seen, 'held', 'done')],
});
