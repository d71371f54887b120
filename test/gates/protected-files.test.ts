import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/protected-files.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: Change['files'], given: unknown = {}) {
  return gate.judge(evidenceOf({ files: files ?? {} }), gate.options.parse(given));
}

describe('src/gates/protected-files.ts', () => {
  test.each([
    '.github/workflows/ci.yml',
    '.github/baton.yml',
    '.github/baton/roles/implementer.md',
    '.GitHub/Workflows/ci.yml',
    'CODEOWNERS',
    'docs/CODEOWNERS',
    '.npmrc',
    'api/.npmrc',
    '.gitattributes',
    '.gitmodules',
    '.husky/pre-commit',
    '.claude/settings.json',
    'api/.codex/config.toml',
    '.mcp.json',
    'AGENTS.md',
    'api/CLAUDE.md',
    'package-lock.json',
    'biome.json',
    'tsconfig.build.json',
    'eslint.config.js',
    'conftest.py',
    '.mocharc.yml',
    'api/.babelrc.json',
    'vitest.workspace.ts',
    'bunfig.toml',
    'pyproject.toml',
    '.env',
    'node_modules/.bin/vitest',
    '.gitlab-ci.yml',
  ])('holds a change to %s', async (path) => {
    expect(await judge({ [path]: { head: 'x' } })).toEqual({
      kind: 'hold',
      summary: `A person must release changes to ${path}.`,
      findings: [{ path, message: `${path} is protected and was added.`, severity: 'warning' }],
    });
  });

  test('holds a deletion, and a rename in either direction', async () => {
    const kinds = await Promise.all([
      judge({ CODEOWNERS: { base: 'x' } }),
      judge({ 'old.txt': { from: '.npmrc', base: 'x', head: 'x' } }),
      judge({ '.npmrc': { from: 'old.txt', base: 'x', head: 'x' } }),
    ]);
    expect(kinds.map(({ kind }) => kind)).toEqual(['hold', 'hold', 'hold']);
  });

  test('holds changed scripts of package.json, since a check may call them', async () => {
    const base = '{"scripts":{"test":"npm run build && t","build":"b"}}';
    const head = '{"scripts":{"test":"npm run build && t","build":"exit 0"}}';
    expect(await judge({ 'package.json': { base, head } })).toMatchObject({
      kind: 'hold',
      findings: [{ path: 'package.json', message: expect.stringContaining('changed scripts,') }],
    });
    expect((await judge({ 'package.json': { base, head: '{' } })).kind).toBe('hold');
    expect((await judge({ 'api/package.json': { base } })).kind).toBe('hold');
    expect((await judge({ 'api/package.json': { head: '{"name":"a"}' } })).kind).toBe('pass');
  });

  test.each(['jest', 'mocha', 'prettier', 'workspaces', 'dependencies', 'overrides', 'imports'])(
    'holds a changed %s of package.json, which a tool may obey',
    async (field) => {
      const head = `{"name":"a","${field}":{"testMatch":[]}}`;
      expect(await judge({ 'package.json': { base: '{"name":"a"}', head } })).toMatchObject({
        kind: 'hold',
        findings: [{ path: 'package.json', message: expect.stringContaining(`changed ${field},`) }],
      });
    },
  );

  test.each<[string, Change['files']]>([
    ['source and tests', { 'src/a.ts': { head: 'x' }, 'test/a.test.ts': { head: 'x' } }],
    [
      'a package.json whose scripts stay',
      { 'package.json': { base: '{"scripts":{"a":"b"}}', head: '{"version":"2","scripts":{"a":"b"}}' } },
    ],
    ['a file that only sounds alike', { 'src/npmrc.ts': { head: 'x' }, 'github/a.md': { head: 'x' } }],
  ])('passes %s', async (_, files) => {
    expect((await judge(files)).kind).toBe('pass');
  });

  test('names five files and counts the rest', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [`.github/${name}`, { head: 'x' }]),
    );
    expect(await judge(files)).toMatchObject({ summary: expect.stringMatching(/\.github\/e and 2 more\.$/) });
  });

  test('takes the list and additions from the workflow', async () => {
    const files = { 'db/schema.sql': { head: 'x' } };
    expect((await judge(files)).kind).toBe('pass');
    expect((await judge(files, { also: ['db/**'] })).kind).toBe('hold');
    expect((await judge({ '.npmrc': { head: 'x' } }, { globs: ['db/**'] })).kind).toBe('pass');
  });
});
