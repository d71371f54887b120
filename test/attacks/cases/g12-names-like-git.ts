import { defineAttack } from '../attack.ts';
import { ended, equal } from '../expectations.ts';

const NAMES = ['.GIT', '.Git ', 'git~1', '.g\u200cit', '.git::$INDEX_ALLOCATION', '.git.'];

export const attack = defineAttack({
  id: 'G12',
  title: 'directories that another file system takes for .git, pushed to people who check them out',
  naiveHolds: 'git itself refuses to add most of these, and the naive bot then pushes nothing',
  prepare: () => ({
    acts: NAMES.map((name) => ({
      run: `mkdir -p 'sub/${name}/hooks' && echo '#!/bin/sh' > 'sub/${name}/hooks/post-checkout'`,
    })),
  }),
  check: (seen) => [
    ended(seen, 'held', 'failed'),
    equal('pushed files', seen.proposed.files.filter(({ path }) => path.startsWith('sub/')).length, 0),
  ],
});
