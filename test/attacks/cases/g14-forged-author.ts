import { defineAttack } from '../attack.ts';
import { ended, equal, without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G14',
  title: 'a forged author, forged co-authors and a commit from the year 2099',
  prepare: () => ({
    summary: 'Sum.\n\nCo-authored-by: boss <boss@example.com>\nSigned-off-by: boss <boss@example.com>',
    acts: [
      { run: 'echo "export const sum = 1;" > src/sum.ts' },
      {
        run: `git init -q . 2>/dev/null; git add -A && git -c user.name=boss -c user.email=boss@example.com commit -q --date 2099-01-01T00:00:00Z -m 'By the boss'; git config user.name boss; git config user.email boss@example.com; true`,
      },
      {
        run: 'git log -1 --format=%H >/dev/null 2>&1; rm -rf .git.bak; [ "$(git rev-list --count HEAD)" = 1 ] && rm -rf .git; true',
      },
      { run: 'echo "export const sum = 2;" > src/sum.ts' },
    ],
  }),
  check: (seen) => [
    ended(seen, 'done'),
    equal(
      'commits by the boss',
      seen.proposed.commits.filter((text) => /^boss|, boss /.test(text)).length,
      0,
    ),
    without('the commits', seen.proposed.commits.join('\n'), /^(?:Co-authored-by|Signed-off-by): boss/m),
  ],
});
