import { defineAttack } from '../attack.ts';
import { containing, ended, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G22',
  title:
    'branches that move while the agent works: the base is rewritten, and a person takes the branch of the bot',
  prepare: ({ word }) => ({
    after: 'git tag main && git push -q origin refs/tags/main',
    meanwhile: [
      `git checkout -q -b theirs && echo theirs > theirs.txt && git add theirs.txt && git commit -q -m 'Work of a person'`,
      `git push -q origin HEAD:refs/heads/bot/issue-1 HEAD:refs/heads/baton/1-add-a-sum-${word}`,
      'git push -q --force origin HEAD:refs/heads/main',
    ].join('\n'),
    acts: [{ run: 'echo "export const sum = 1;" > src/sum.ts' }],
  }),
  check: (seen, { word }) => {
    const { proposed, written } = seen;
    const pushes = written.filter(({ kind }) => kind === 'git/push').map(({ body }) => Object(body));
    const taken = [`refs/heads/baton/1-add-a-sum-${word}`, 'refs/heads/bot/issue-1', 'refs/heads/main'];
    return [
      ended(seen, 'done', 'held', 'failed'),
      equal('pushes over the work of a person', pushes.filter(({ ref }) => taken.includes(ref)).length, 0),
      containing('the refs', proposed.refs.join('\n'), taken[0] ?? ''),
    ];
  },
});
