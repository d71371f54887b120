import { defineAttack } from '../attack.ts';
import { ended, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X16',
  title: 'a hundred megabytes of output, from the agent and from the tests',
  naiveHolds: 'Node ends a child that prints more than a megabyte; the naive bot then gives up',
  prepare: () => ({
    files: { 'package.json': `{"scripts":{"test":"head -c 100000000 /dev/zero | tr '\\\\0' x"}}\n` },
    acts: [
      { run: `head -c 100000000 /dev/zero | tr '\\0' y` },
      { run: 'echo "export const sum = 1;" > src/sum.ts' },
    ],
  }),
  check: (seen) => [
    ended(seen, 'done', 'failed'),
    equal('an answer to the agent longer than 200 kB', (seen.results[0] ?? '').length > 200_000, false),
    equal(
      'requests longer than GitHub takes',
      seen.written.filter(({ body }) => JSON.stringify(body).length > 400_000).length,
      0,
    ),
  ],
});
