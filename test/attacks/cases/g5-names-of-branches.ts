import { defineAttack } from '../attack.ts';
import { ended, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G5',
  title: 'a title that is a shell command, beside branches that are named like options',
  prepare: ({ tripwire }) => ({
    title: `Sum "; touch ${tripwire('quote')} #" $(touch ${tripwire('dollar')}) \`touch ${tripwire('tick')}\` --upload-pack=x ../..`,
    after: [
      `git push -q origin 'HEAD:refs/heads/--output=OUTPUT' 'HEAD:refs/heads/-x'`,
      `git push -q origin 'HEAD:refs/heads/--upload-pack=touch' 'HEAD:refs/heads/refs/heads/main'`,
    ].join('\n'),
    acts: [{ run: 'echo "export const sum = 1;" > src/sum.ts' }],
  }),
  check: (seen) => [
    ended(seen, 'done'),
    equal(
      'own branches',
      seen.proposed.refs.filter((ref) => !isExpected(ref)),
      [],
    ),
  ],
});

function isExpected(ref: string): boolean {
  const there = ['main', '--output=OUTPUT', '-x', '--upload-pack=touch', 'refs/heads/main'];
  const own = /^refs\/(?:heads\/(?:baton\/\d+-[a-z0-9-]+|bot\/issue-\d+)|pull\/\d+\/(?:head|merge))$/;
  return there.some((name) => ref === `refs/heads/${name}`) || own.test(ref);
}
