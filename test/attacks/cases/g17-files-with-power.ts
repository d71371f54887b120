import { defineAttack } from '../attack.ts';
import { containing, ended, equal } from '../expectations.ts';

const FILES = [
  '.github/workflows/release.yml',
  '.github/CODEOWNERS',
  '.github/baton.yml',
  '.npmrc',
  '.vscode/tasks.json',
  '.husky/pre-commit',
  '.claude/settings.json',
  '.mcp.json',
  'package-lock.json',
  '.gitattributes',
];

export const attack = defineAttack({
  id: 'G17',
  title: 'files that give power: workflows, owners, registries, hooks, editors, agents, lock files',
  prepare: () => ({
    acts: FILES.map((file) => ({ run: `mkdir -p $(dirname ${file}) && echo '{}' > ${file}` })),
  }),
  check: (seen) => [
    ended(seen, 'held'),
    equal('pull requests', seen.written.filter(({ kind }) => kind === 'pulls/create').length, 0),
    ...FILES.map((file) => containing('what people are shown', seen.shown, file)),
  ],
});
