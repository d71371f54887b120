import { defineAttack } from '../attack.ts';
import { equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G6',
  title: 'a bare repository with a configuration of its own, in the base and from the agent',
  naiveHolds: 'it runs git only at the top of its clone, where git finds the outer repository first',
  prepare: ({ tripwire }) => ({
    before: [
      'git init -q --bare docs && rm -rf docs/hooks',
      `git --git-dir=docs config core.fsmonitor 'touch ${tripwire('base')}; false'`,
      'mkdir -p docs/refs/heads docs/objects && touch docs/refs/keep docs/objects/keep && git add -f docs',
    ].join('\n'),
    acts: [
      {
        run: `cp -r docs more && printf '[core]\\n\\tfsmonitor = "touch ${tripwire('agent')}; false"\\n' >> more/config`,
      },
      { run: 'echo "export const sum = 1;" > src/sum.ts' },
    ],
  }),
  check: ({ proposed }) => [
    equal('links to commits', proposed.files.filter(({ mode }) => mode === '160000').length, 0),
  ],
});
