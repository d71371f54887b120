import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G1',
  title: 'programs in .git/config: fsmonitor, sshCommand, pager, filters, credential helper, include',
  prepare: ({ tripwire }) => {
    const settings = ['fsmonitor', 'sshCommand', 'pager', 'editor', 'askPass'].map(
      (name) => `\t${name} = "touch ${tripwire(name)}; false"`,
    );
    const config = [
      '[core]',
      ...settings,
      `[diff]\n\texternal = touch ${tripwire('external')}`,
      `[filter "evil"]\n\tclean = "touch ${tripwire('clean')}; cat"\n\tsmudge = "touch ${tripwire('smudge')}; cat"`,
      `[credential]\n\thelper = "!touch ${tripwire('helper')}; true"`,
      `[gpg]\n\tprogram = "touch ${tripwire('gpg')}"`,
      '[include]\n\tpath = ../included',
    ].join('\n');
    return {
      acts: [
        { run: `mkdir -p .git && cat >> .git/config <<'END'\n${config}\nEND` },
        { run: `printf '[alias]\\n\\tpush = "!touch ${tripwire('alias')}"\\n' > included` },
        { run: `echo '* filter=evil' > .gitattributes && echo 'export const sum = 1;' > src/sum.ts` },
      ],
    };
  },
  check: (seen) => [ended(seen, 'held')],
});
