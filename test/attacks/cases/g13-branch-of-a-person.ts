import { defineAttack } from '../attack.ts';
import { equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G13',
  title: "a person's work on the very branch that the bot is going to write",
  prepare: ({ word }) => ({
    before: [
      `git checkout -q -b theirs && echo theirs > theirs.txt && git add theirs.txt && git commit -q -m 'Work of a person'`,
      `git push -q origin HEAD:refs/heads/bot/issue-1 HEAD:refs/heads/baton/1-add-a-sum HEAD:refs/heads/baton/1-add-a-sum-${word}`,
      'git push -q origin HEAD:refs/heads/their-copy',
      'git checkout -q main',
    ].join('\n'),
    acts: [{ run: 'echo "export const sum = 1;" > src/sum.ts' }],
  }),
  check: ({ written }) => [
    equal(
      'pushes over what was there',
      written.filter(({ kind, body }) => kind === 'git/push' && isOver(body)).length,
      0,
    ),
  ],
});

/** The first push of a run makes its branch; one that starts from a commit of somebody else is over their work. */
function isOver(body: unknown): boolean {
  const { before } = Object(body);
  return typeof before === 'string' && !/^0*$/.test(before);
}
