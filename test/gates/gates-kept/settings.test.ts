import { describe, expect, test } from 'vitest';
import { findInSettings } from '../../../src/gates/gates-kept/rules.ts';

type Side = string | object | null;

function toText(side: Side): string | null {
  return typeof side === 'object' && side !== null ? JSON.stringify(side) : side;
}

function find(path: string, before: Side, after: Side): readonly string[] {
  const change = { path, before: toText(before), after: toText(after) };
  return findInSettings(change).map(({ message }) => message);
}

const strict = { compilerOptions: { strict: true } };

describe('src/gates/gates-kept: settings that judge less', () => {
  test.each<[string, string, Side, Side]>([
    ['strict off', 'tsconfig.json', strict, { compilerOptions: { strict: false } }],
    ['strict gone', 'tsconfig.build.json', strict, { compilerOptions: {} }],
    [
      'one of the family off',
      'tsconfig.json',
      strict,
      { compilerOptions: { strict: true, noImplicitAny: false } },
    ],
    [
      'an inherited flag off',
      'tsconfig.json',
      { extends: './a' },
      { extends: './a', compilerOptions: { strict: false } },
    ],
    ['a lax flag on', 'tsconfig.json', strict, { compilerOptions: { strict: true, skipLibCheck: true } }],
    ['files left out', 'tsconfig.json', { exclude: ['dist'] }, { exclude: ['dist', 'src/old'] }],
    ['fewer files', 'tsconfig.json', { include: ['src', 'test'] }, { include: ['src'] }],
    ['files named for the first time', 'tsconfig.json', {}, { include: ['src'] }],
    ['another base', 'tsconfig.json', { extends: './strict' }, { extends: './lax' }],
    ['no configuration', 'tsconfig.json', strict, null],
    ['one that nobody can read', 'tsconfig.json', strict, '{'],
    ['linter off', 'biome.json', { linter: { enabled: true } }, { linter: { enabled: false } }],
    ['a rule off', 'biome.json', {}, { linter: { rules: { suspicious: { noVar: 'off' } } } }],
    ['a rule lowered', '.eslintrc.json', { rules: { a: 'error' } }, { rules: { a: 'warn' } }],
    ['a rule lowered by number', '.eslintrc', '{"rules":{"a":2}}', '{"rules":{"a":1}}'],
    ['a rule taken out', '.oxlintrc.json', { rules: { a: ['error', { max: 3 }] } }, { rules: {} }],
    [
      'a rule with options off',
      '.oxlintrc.json',
      { rules: { a: ['error', { max: 3 }] } },
      { rules: { a: ['off'] } },
    ],
    [
      'an override that switches off',
      '.eslintrc.json',
      {},
      { overrides: [{ files: ['a'], rules: { b: 0 } }] },
    ],
    ['an ignore pattern', '.eslintrc.json', { ignorePatterns: ['a'] }, { ignorePatterns: ['a', 'b'] }],
    [
      'a negated include',
      'biome.json',
      { files: { includes: ['**'] } },
      { files: { includes: ['**', '!src'] } },
    ],
    ['recommended rules off', 'biome.jsonc', '{"linter":{"rules":{"recommended":true}}}', '{}'],
    ['a config deleted', 'biome.json', {}, null],
    ['coverage lowered in JSON', '.nycrc.json', { lines: 90 }, { lines: 80 }],
    ['coverage check off', '.nycrc', { 'check-coverage': true }, { 'check-coverage': false }],
    [
      'a nested threshold',
      'jest.config.json',
      { coverageThreshold: { global: { lines: 9 } } },
      { coverageThreshold: {} },
    ],
    ['other tests', 'jest.config.json', { testMatch: ['a', 'b'] }, { testMatch: ['a'] }],
    ['another runner', '.mocharc.json', { ui: 'bdd' }, { ui: 'tdd' }],
    ['an ignored path', '.eslintignore', 'dist\n', 'dist\nsrc\n'],
    ['an exception gone', '.prettierignore', 'a\n!a/b\n', 'a\n'],
    ['coverage lowered in code', 'vitest.config.ts', 'x({ lines: 90 })', 'x({ lines: 80 })'],
    ['coverage commented out', 'vitest.config.ts', 'x({\nlines: 90,\n})', 'x({\n// lines: 90,\n})'],
    [
      'coverage lowered in TOML',
      'pyproject.toml',
      '[tool.coverage.report]\nfail_under = 90\n',
      '[tool.coverage.report]\nfail_under = 80.5\n',
    ],
    ['coverage lowered in INI', '.coveragerc', '[report]\nfail_under = 90\n', '[report]\nfail_under = 9\n'],
    [
      'coverage in setup.cfg',
      'setup.cfg',
      '[tool:pytest]\naddopts = --cov-fail-under=90\n',
      '[tool:pytest]\naddopts =\n',
    ],
    ['a rule ignored in TOML', 'ruff.toml', 'select = ["E"]\n', 'select = ["E"]\nignore = ["E501"]\n'],
    ['a tool section', 'pyproject.toml', '[tool.mypy]\nstrict = true\n', '[tool.mypy]\nstrict = false\n'],
    ['a linter that is code', 'eslint.config.js', 'export default [a, b];', 'export default [a];'],
    ['a new one that is code', 'packages/a/eslint.config.mjs', null, 'export default [];'],
    ['a fixture file of pytest', 'tests/conftest.py', 'a = 1\n', 'a = 2\n'],
  ])('finds %s', (_, path, before, after) => {
    expect(find(path, before, after)).not.toEqual([]);
  });

  test.each<[string, string, Side, Side]>([
    ['strict on', 'tsconfig.json', {}, strict],
    [
      'a flag that strict has anyway',
      'tsconfig.json',
      { compilerOptions: { strict: true, noImplicitAny: true } },
      strict,
    ],
    [
      'another target',
      'tsconfig.json',
      strict,
      { compilerOptions: { strict: true, target: 'es2024', paths: { a: ['b'] } } },
    ],
    [
      'comments and commas',
      'tsconfig.json',
      strict,
      '{ /* x */ "compilerOptions": { "strict": true, }, // y\n}',
    ],
    ['a new configuration', 'packages/a/tsconfig.json', null, strict],
    [
      'more files',
      'tsconfig.json',
      { include: ['src'], exclude: ['a'] },
      { include: ['src', 'test'], exclude: [] },
    ],
    ['a rule raised', '.eslintrc.json', { rules: { a: 'warn' } }, { rules: { a: ['error', {}] } }],
    ['a new rule', 'biome.json', {}, { linter: { rules: { style: { useConst: 'error' } } } }],
    ['another line width', 'biome.json', { formatter: { lineWidth: 80 } }, { formatter: { lineWidth: 100 } }],
    ['coverage raised', '.nycrc.json', { lines: 80 }, { lines: 90 }],
    ['coverage raised in code', 'vitest.config.ts', 'x({ lines: 80 })', 'x({ lines: 90 })'],
    [
      'coverage raised in TOML',
      'pyproject.toml',
      '[tool.coverage.report]\nfail_under = 80\n',
      '[tool.coverage.report]\nfail_under = 90\n',
    ],
    ['a comment', 'eslint.config.js', 'a();\n', '// why\na();\n'],
    [
      'a version',
      'pyproject.toml',
      '[project]\nversion = "1"\n[tool.a]\nb = 1\n',
      '[project]\nversion = "2"\n[tool.a]\nb = 1\n',
    ],
    ['fewer ignored paths', '.eslintignore', 'a\nb\n', '# only\nb\n'],
    ['any other file', 'src/config.ts', 'lines: 90', 'lines: 80'],
  ])('leaves %s alone', (_, path, before, after) => {
    expect(find(path, before, after)).toEqual([]);
  });

  test('says what was and what is', () => {
    expect(find('.nycrc.json', { lines: 90 }, { lines: 80 })).toEqual(['`lines` was 90 and is now 80.']);
    expect(find('vitest.config.ts', 'a({ lines: 90 })', 'a({ lines: 80 })')).toEqual([
      'The limit `lines` was 90 and is now 80.',
    ]);
  });
});
