import { defineAttack } from '../attack.ts';
import { ended, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G19',
  title: 'three thousand files, and directories two hundred deep',
  prepare: () => ({
    acts: [
      { run: 'mkdir many && cd many && for i in $(seq 3000); do echo $i > $i.txt; done' },
      { run: 'd=$(printf "d/%.0s" $(seq 200)) && mkdir -p $d && echo x > ${d}x.ts' },
    ],
  }),
  check: (seen) => [
    ended(seen, 'held'),
    equal('pull requests', seen.written.filter(({ kind }) => kind === 'pulls/create').length, 0),
  ],
});
