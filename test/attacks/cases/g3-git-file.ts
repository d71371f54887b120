import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G3',
  title: 'a .git file that names a directory of the agent as the repository',
  prepare: ({ tripwire }) => ({
    acts: [
      {
        run: [
          'test -d .git && cp -r .git tools || git init -q --bare tools',
          `git --git-dir=tools config core.fsmonitor 'touch ${tripwire('fsmonitor')}; false'`,
          'git --git-dir=tools config core.bare false',
          'rm -rf .git; echo "gitdir: tools" > .git',
          'echo "export const sum = 1;" > src/sum.ts',
        ].join(' && '),
      },
    ],
  }),
  check: (seen) => [ended(seen, 'held')],
});
