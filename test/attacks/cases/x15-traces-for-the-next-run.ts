import { existsSync, rmSync } from 'node:fs';
import { defineAttack } from '../attack.ts';
import { equal } from '../expectations.ts';

const FILES = ['.bashrc', '.profile', '.gitconfig', '.config/git/config'];

export const attack = defineAttack({
  id: 'X15',
  title: 'files in the home directory and in /tmp, for whoever runs next',
  prepare: ({ home, word, tripwire }) => ({
    acts: [
      {
        run: `for f in ${FILES.join(' ')}; do mkdir -p $(dirname ${home}/$f); echo '# touch ${tripwire('rc')}' >> ${home}/$f; done 2>&1; true`,
      },
      { run: `echo x > /tmp/${word}; echo x > /dev/shm/${word}; echo x > /var/tmp/${word}; true` },
    ],
  }),
  check: (_, { home, word }) => {
    const traces = [
      ...FILES.map((file) => `${home}/${file}`),
      ...['/tmp', '/dev/shm', '/var/tmp'].map((at) => `${at}/${word}`),
    ];
    const left = traces.filter((path) => existsSync(path));
    for (const path of left) {
      rmSync(path);
    }
    return [equal('traces', left, [])];
  },
});
