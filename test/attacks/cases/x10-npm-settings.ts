import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X10',
  title: 'an .npmrc that gives npm another shell and Node other options',
  prepare: ({ tripwire }) => ({
    files: {
      'package.json': '{"scripts":{"test":"grep -q right src/answer.txt"}}\n',
      'src/answer.txt': 'right\n',
    },
    acts: [
      { run: `printf '#!/bin/sh\\ntouch ${tripwire('shell')}\\nexit 0\\n' > yes.sh && chmod +x yes.sh` },
      { run: `echo "require('fs').writeFileSync('${tripwire('options')}', '')" > evil.cjs` },
      {
        run: 'printf "script-shell=./yes.sh\\nnode-options=--require ./evil.cjs\\n" > .npmrc && echo wrong > src/answer.txt',
      },
    ],
  }),
  check: (seen) => [ended(seen, 'held')],
});
