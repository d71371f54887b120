import { describe, expect, test } from 'vitest';
import { gate } from '../../../src/gates/dependencies-justified.ts';
import { type Change, evidenceOf, type FileChange } from '../../support/evidence.ts';

const PLAN = 'docs/plan/ISSUE-7.md';

function judge(files: NonNullable<Change['files']>) {
  return gate.judge(evidenceOf({ files }), gate.options.parse({}));
}

function inPlan(section: string): FileChange {
  return { head: `# Sums\n\n## New dependencies\n\n${section}\n` };
}

const OTHER_LOCK = { base: '{ "packages": {} }', head: '{ "packages": { "node_modules/other": {} } }' };

describe('src/gates/dependencies-justified/find-unlocked.ts', () => {
  test.each<[string, string, string, FileChange | null, string | null]>([
    ['npm, with no lock file', 'package.json', '{"dependencies":{"pad":"1"}}', null, null],
    ['npm, with an old one', 'package.json', '{"dependencies":{"pad":"1"}}', OTHER_LOCK, 'package-lock.json'],
    ['pip, with no lock file', 'pyproject.toml', '[project]\ndependencies = ["pad"]\n', null, null],
    [
      'pip, with old requirements',
      'pyproject.toml',
      '[project]\ndependencies = ["pad"]\n',
      { base: 'flask\n', head: 'flask\n' },
      'requirements.txt',
    ],
    [
      'uv, with an old lock file',
      'pyproject.toml',
      '[project]\ndependencies = ["pad"]\n',
      { head: '' },
      'uv.lock',
    ],
    [
      'npm 6, with an old lock file',
      'package.json',
      '{"dependencies":{"pad":"1"}}',
      { head: '{"dependencies":{"other":{"dependencies":{"inner":{}}}}}' },
      'package-lock.json',
    ],
    [
      'pnpm, whose workspace has parts like it',
      'package.json',
      '{"dependencies":{"pad":"1"}}',
      { head: 'importers:\n\n  pad/1st:\n    dependencies:\n' },
      'pnpm-lock.yaml',
    ],
    ['go, with no go.sum', 'go.mod', 'module a.b/c\n\nrequire a.b/pad v1.0.0\n', null, null],
  ])('names at once what nothing would install or audit: %s', async (_, path, head, lock, lockPath) => {
    const name = path === 'go.mod' ? 'a.b/pad' : 'pad';
    const files = {
      [path]: { base: '', head },
      [PLAN]: inPlan(`- \`${name}\`: nothing here pads a text`),
      ...(lock === null || lockPath === null ? {} : { [lockPath]: lock }),
    };
    expect(await judge(files)).toMatchObject({
      kind: 'fail',
      summary: '1 of 1 new dependencies are in no lock file.',
      findings: [{ path, message: expect.stringMatching(/no lock file names it.* Run `/) }],
    });
  });

  test('does not read a manifest that is longer than any that a person writes', async () => {
    const head = `[project]\ndependencies = ["pad"]\n# ${'x'.repeat(1_000_000)}\n`;
    await expect(judge({ 'pyproject.toml': { base: '', head } })).rejects.toThrow(/at most 1000000 are read/);
  });

  test.each<[string, string, string, Readonly<Record<string, string>>]>([
    [
      'pnpm 9',
      'package.json',
      '{"dependencies":{"@a/pad":"1"}}',
      { 'pnpm-lock.yaml': "packages:\n\n  '@a/pad@1.0.0':\n    resolution: {}\n" },
    ],
    [
      'pnpm 7',
      'package.json',
      '{"dependencies":{"@a/pad":"1"}}',
      { 'pnpm-lock.yaml': 'packages:\n\n  /@a/pad/1.0.0:\n    resolution: {}\n' },
    ],
    [
      'yarn 1',
      'package.json',
      '{"dependencies":{"@a/pad":"1"}}',
      { 'yarn.lock': '"@a/pad@^1.0.0":\n  version "1.0.0"\n' },
    ],
    [
      'yarn',
      'package.json',
      '{"dependencies":{"@a/pad":"1"}}',
      { 'yarn.lock': '"@a/pad@npm:^1.0.0":\n  version: 1.0.0\n' },
    ],
    [
      'a workspace',
      'parts/one/package.json',
      '{"dependencies":{"@a/pad":"1"}}',
      { 'yarn.lock': '', 'parts/pad/package.json': '{"name":"@a/pad"}' },
    ],
    [
      'a lock file above',
      'parts/one/package.json',
      '{"dependencies":{"@a/pad":"1"}}',
      { 'yarn.lock': '"@a/pad@1":\n' },
    ],
    [
      'uv',
      'pyproject.toml',
      '[project]\ndependencies = ["a-pad"]\n',
      { 'uv.lock': '[[package]]\nname = "a-pad"\n' },
    ],
    [
      'requirements',
      'pyproject.toml',
      '[project]\ndependencies = ["A_pad>1"]\n',
      { 'requirements.txt': 'a-pad==1.0\n' },
    ],
    [
      'pnpm, of a name with a number',
      'package.json',
      '{"dependencies":{"@a/3d-pad":"1"}}',
      { 'pnpm-lock.yaml': "packages:\n\n  '@a/3d-pad@1.0.0':\n    resolution: {}\n" },
    ],
    [
      'pnpm, under another name',
      'package.json',
      '{"dependencies":{"@a/pad":"npm:pad@1"}}',
      {
        'pnpm-lock.yaml':
          "importers:\n\n  .:\n    dependencies:\n      '@a/pad':\n        specifier: npm:pad@1\n        version: pad@1.0.0\n",
      },
    ],
    [
      'npm 6',
      'package.json',
      '{"dependencies":{"@a/pad":"1"}}',
      { 'package-lock.json': '{"lockfileVersion":1,"dependencies":{"@a/pad":{"version":"1.0.0"}}}' },
    ],
    [
      'one in no known shape',
      'package.json',
      '{"dependencies":{"@a/pad":"1"}}',
      { 'package-lock.json': '[]' },
    ],
    [
      'one of more than a megabyte',
      'package.json',
      '{"dependencies":{"@a/pad":"1"}}',
      {
        'package-lock.json': `{"packages":{"node_modules/@a/pad":{"x":"${'x'.repeat(1_100_000)}"}}}`,
        'requirements.txt': `# ${'x'.repeat(1_100_000)}\n`,
      },
    ],
    ['none holds peers', 'package.json', '{"peerDependencies":{"@a/pad":"1"}}', { 'yarn.lock': '' }],
    [
      'none holds what builds',
      'pyproject.toml',
      '[build-system]\nrequires = ["a-pad"]\n[tool.hatch.envs.x]\ndependencies = ["a-pad"]\n',
      { 'uv.lock': '' },
    ],
    [
      'none holds a module of a path',
      'go.mod',
      'module a.b/c\n\nrequire a.b/pad v1.0.0\n\nreplace a.b/pad => ./pad\n',
      {},
    ],
    ['bun', 'package.json', '{"dependencies":{"@a/pad":"1"}}', { 'bun.lockb': 'x' }],
  ])('takes the word of a lock file that names it: %s', async (_, path, head, locks) => {
    const others = Object.entries(locks).map(([name, text]) => [name, { base: text, head: text }]);
    const names = ['@a/pad', '@a/3d-pad', 'a-pad', 'a.b/pad'];
    const plan = inPlan(names.map((name) => `- \`${name}\`: nothing here pads a text`).join('\n'));
    expect(
      await judge({
        [path]: { base: path.endsWith('json') ? '{}' : '', head },
        [PLAN]: plan,
        ...Object.fromEntries(others),
      }),
    ).toMatchObject({ kind: 'pass', summary: expect.stringMatching(/^Justified: /) });
  });
});
