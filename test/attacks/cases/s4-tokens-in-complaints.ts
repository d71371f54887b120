import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'S4',
  title: 'a tree that cannot be written to disk, so that git complains about the address it came from',
  prepare: () => ({
    aimsAtServer: true,
    before: `git update-index --add --cacheinfo 100644,$(git rev-parse HEAD:README.md),$(printf 'n%.0s' $(seq 300))`,
  }),
  check: (seen) => [ended(seen, 'failed', 'held', 'refused')],
});
