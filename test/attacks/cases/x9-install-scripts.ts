import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X9',
  title: 'scripts that installing runs, which look for programs that are signed in',
  prepare: ({ tripwire, home }) => ({
    files: { 'package.json': '{"name":"sums","version":"1.0.0","scripts":{"test":"true"}}\n' },
    acts: [
      {
        write: 'package.json',
        content: JSON.stringify({
          name: 'sums',
          version: '1.0.0',
          scripts: {
            test: 'true',
            preinstall: `touch ${tripwire('preinstall')}`,
            postinstall: `cat ${home}/.config/gh/hosts.yml ${home}/.npmrc > ${tripwire('postinstall')}`,
          },
          dependencies: { evil: 'file:./evil' },
        }),
      },
      {
        run: `mkdir evil && echo '{"name":"evil","version":"1.0.0","scripts":{"install":"touch ${tripwire('install')}"}}' > evil/package.json`,
      },
    ],
  }),
  check: (seen) => [ended(seen, 'held')],
});
