import { defineAttack } from '../attack.ts';
import { without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'S3',
  title: 'tokens in the environment, on command lines and in .git while the agent works',
  prepare: () => ({
    acts: [
      {
        run: `grep -aho 'gh[s]_[A-Za-z0-9_.-]*' /proc/*/environ /proc/*/cmdline .git/config ../*/.git/config 2>/dev/null | head -5; true`,
      },
      { run: 'cat .git/config 2>&1; git remote -v 2>&1; git config --list 2>&1; true' },
      { run: `env | grep -i 'token\\|auth\\|key\\|secret\\|password'; true` },
      { run: 'echo "export const sum = 1;" > src/sum.ts' },
    ],
  }),
  check: ({ results }) => [
    without('what the agent saw', results.join('\n'), /ghs_|x-access-token|extraheader|DEPLOY_PASSWORD/i),
  ],
});
