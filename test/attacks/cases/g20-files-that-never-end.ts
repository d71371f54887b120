import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G20',
  title: 'pipes and sockets in place of files, for a server that opens them and waits',
  naiveHolds: 'git leaves out what is neither file nor link, and the bot opens nothing itself',
  prepare: () => ({
    acts: [
      { run: 'mkfifo pipe src/pipe.ts && ls -l pipe' },
      {
        run: `node -e "require('net').createServer().listen('sock', () => process.exit())"; echo 'export const sum = 1;' > src/sum.ts`,
      },
    ],
  }),
  check: (seen) => [ended(seen, 'held', 'done')],
});
