import { defineAttack } from '../attack.ts';
import { ended, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G4',
  title: 'a repository inside the tree, which would become a link to a commit',
  prepare: ({ tripwire }) => ({
    acts: [
      {
        run: [
          'git init -q lib',
          'cd lib',
          'git -c user.name=x -c user.email=x@x commit -q --allow-empty -m x',
          `git config core.fsmonitor 'touch ${tripwire('fsmonitor')}; false'`,
        ].join(' && '),
      },
      { run: 'echo "export const sum = 1;" > src/sum.ts' },
    ],
  }),
  check: (seen) => [ended(seen, 'held'), equal('links to commits', gitlinksOf(seen), [])],
});

function gitlinksOf({ proposed }: Parameters<typeof attack.check>[0]): readonly string[] {
  return proposed.files.filter(({ mode }) => mode === '160000').map(({ path }) => path);
}
