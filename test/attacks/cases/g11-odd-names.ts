import { defineAttack } from '../attack.ts';
import { ended, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G11',
  title: 'names with line feeds, escapes, carriage returns and 900 characters too many',
  prepare: () => ({
    acts: [
      {
        run: `printf x > "$(printf 'src/a\\nb.ts')"; printf x > "$(printf 'src/\\033[31mred.ts')"; printf x > "$(printf 'src/end\\r')"`,
      },
      {
        run: `d=$(printf 'd%.0s' $(seq 200)); for i in 1 2 3 4 5 6 7 8; do mkdir $d && cd $d || exit 1; done; echo x > deep.ts`,
      },
    ],
  }),
  check: (seen) => [
    ended(seen, 'held'),
    equal('odd names', seen.proposed.files.filter(({ path }) => /\p{Cc}/u.test(path)).length, 0),
  ],
});
