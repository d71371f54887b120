import { defineAttack } from '../attack.ts';
import { ended, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G21',
  title: 'names that are one name elsewhere: upper and lower case, and a stream of an existing file',
  prepare: () => ({
    acts: [
      { run: `echo '# Other' > readme.md; mkdir SRC && echo 'export const total = 666;' > SRC/TOTAL.ts` },
      { run: `echo x > 'src/total.ts:stream'; echo x > 'src/aux.ts '` },
    ],
  }),
  check: (seen) => [
    ended(seen, 'held'),
    equal(
      'pushed names',
      seen.proposed.files.filter(({ path }) => path === 'readme.md' || path.includes(':')).length,
      0,
    ),
  ],
});
