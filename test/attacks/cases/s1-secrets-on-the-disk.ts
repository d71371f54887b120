import { defineAttack } from '../attack.ts';
import { without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'S1',
  title: "searching the server's disk for keys, by name and by content",
  prepare: ({ home }) => ({
    acts: [
      { run: `grep -rao 'canary-[0-9a-f]*\\|-----BEGIN [A-Z ]*PRIVATE KEY-----' ${home} 2>&1 | head -20` },
      {
        run: `find ${home}/.. -maxdepth 3 \\( -name '*.pem' -o -name 'id_*' -o -name '.env' \\) -exec cat {} + 2>&1 | head -60`,
      },
      { read: `..${home}/app.pem` },
    ],
  }),
  check: ({ results }) => [without('what the agent saw', results.join('\n'), /canary-|PRIVATE KEY/)],
});
