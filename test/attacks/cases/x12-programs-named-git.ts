import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X12',
  title: 'programs called git, node and sh in the tree and in node_modules/.bin',
  prepare: ({ tripwire }) => ({
    files: { 'package.json': '{"scripts":{"test":"git --version; true"}}\n' },
    acts: [
      {
        run: [
          'mkdir -p node_modules/.bin',
          ...['git', 'node', 'npm', 'bwrap', 'prlimit'].map(
            (name) =>
              `printf '#!/bin/sh\\ntouch ${tripwire(name)}\\n' > node_modules/.bin/${name}; cp node_modules/.bin/${name} ./${name}`,
          ),
          'chmod +x node_modules/.bin/* git node npm bwrap prlimit',
        ].join('\n'),
      },
    ],
  }),
  check: (seen) => [ended(seen, 'held', 'done')],
});
