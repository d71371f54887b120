import { describe, expect, test } from 'vitest';
import { findSuppressions } from '../../../src/gates/gates-kept/find-suppressions.ts';

function find(path: string, after: string, before: string | null = null) {
  return findSuppressions({ path, before, after });
}

describe('src/gates/gates-kept/find-suppressions.ts', () => {
  test.each([
    ['a.ts', '// eslint-disable-next-line no-console'],
    ['a.ts', 'const a = 1; // eslint-disable-line'],
    ['a.js', '/* eslint-disable */'],
    ['a.js', '/*\n * eslint-disable no-var\n */'],
    ['a.ts', '// @ts-ignore'],
    ['a.ts', '/// @ts-expect-error: later'],
    ['a.ts', '//@ts-nocheck'],
    ['a.tsx', '{/* @ts-ignore */}'],
    ['a.tsx', "<p>don't {/* eslint-disable-line */}</p>"],
    ['a.ts', '// biome-ignore lint: because'],
    ['a.ts', '// oxlint-disable-next-line'],
    ['a.ts', '/* c8 ignore next */'],
    ['a.ts', '/* v8 ignore start */'],
    ['a.ts', '/* istanbul ignore else */'],
    ['a.ts', 'go(); // NOSONAR'],
    ['A.java', 'go(); // fine here NOSONAR'],
    ['a.go', 'x := 1 //nolint:errcheck'],
    ['a.go', '// #nosec G101'],
    ['a.py', 'import os  # noqa'],
    ['a.py', 'import os  # why not, # noqa: F401'],
    ['a.py', 'x = y  # type: ignore[arg-type]'],
    ['a.py', 'run(x)  # nosec B602'],
    ['a.py', 'if False:  # pragma: no cover'],
    ['a.py', '# pylint: disable=all'],
    ['a.rb', '# rubocop:disable all'],
    ['a.sh', '# shellcheck disable=SC2086'],
    ['a.scss', '/* stylelint-disable */'],
    ['a.vue', '<!-- eslint-disable -->'],
    ['a.ts', 'const re = /"/; // eslint-disable-line'],
    ['a.ts', 'const url = `http://x`; // @ts-ignore'],
    ['a.ts', 'const broken = `never closed; \n// @ts-ignore'],
    ['a.ts', "const a = 'x\\'y'; // @ts-ignore"],
    ['test/a.test.ts', '// @ts-expect-error'],
    ['a.js', '/* eslint no-eval: off */'],
    ['a.js', '/* eslint\n   no-console: off,\n   no-eval: "error" */'],
    ['a.js', '/*\neslint curly: "error",\n"no-eval": ["off"]\n*/'],
    ['a.js', '/* eslint curly: "error", "no-eval": ["off"] */'],
    ['a.cc', '// NOLINTNEXTLINE(bugprone-foo)'],
    ['a.js', '/* node:coverage ignore next */'],
    ['a.ts', '// deno-coverage-ignore-start'],
    ['a.c', 'go(); // LCOV_EXCL_LINE'],
    ['a.ts', 'go(); // why not: nosemgrep: rule'],
    ['a.py', 'KEY = "x"  # gitleaks:allow'],
    ['a.py', 'x = y  # pyre-fixme[6]'],
    ['a.py', 'x = y  # ty: ignore'],
    ['a.yml', 'uses: a/b@main # zizmor: ignore[unpinned-uses]'],
    ['Dockerfile', '# hadolint ignore=DL3008'],
    ['main.tf', '#trivy:ignore:AVD-AWS-0086'],
    ['main.tf', '# checkov:skip=CKV_AWS_20:no'],
    ['A.java', '//noinspection unchecked'],
  ])('finds in %s: %s', (path, text) => {
    expect(find(path, `first();\n${text}\n`)).toHaveLength(1);
  });

  test.each([
    ['a test that checks the text', 'a.test.ts', "expect(find('// eslint-disable')).toBe(true);"],
    ['a test with a text of several lines', 'a.test.ts', 'const text = `\n// @ts-ignore\n`;'],
    ['a text in double quotes', 'a.ts', 'const text = "/* eslint-disable */";'],
    ['a regular expression', 'a.ts', 'const MARK = /\\/\\* eslint-disable|# noqa/;'],
    ['a web address', 'a.ts', "const url = 'https://eslint.org/eslint-disable';"],
    ['documentation', 'README.md', '// eslint-disable-next-line'],
    ['a comment about it', 'a.ts', '// We never write eslint-disable here.'],
    ['a comment that sounds alike', 'a.ts', '// nolintel, and @ts-ignored'],
    ['a docstring', 'a.py', 'def f():\n    """Say it without # noqa in it."""\n'],
    ['a text in Python', 'a.py', 'MARK = "# noqa"'],
    ['a comment about types', 'a.py', '# the type: ignored by all'],
    ['data', 'a.csv', '# noqa'],
    ['a linter set to be stricter', 'a.js', '/* eslint no-eval: "error" */'],
    ['a comment about a linter', 'a.js', '// eslint says: off by one'],
    ['a name', 'a.py', '# noqaxyz'],
  ])('leaves %s alone', (_, path, text) => {
    expect(find(path, `first()\n${text}\n`)).toEqual([]);
  });

  test.each([
    ['a.ts', `//${' '.repeat(40)}eslint-disable-next-line`],
    ['a.ts', `//\t\t${' '.repeat(900)}@ts-ignore`],
    ['a.py', `x = y  #${' '.repeat(40)}noqa`],
    ['a.py', `x = y  # type:${' '.repeat(900)}ignore`],
    ['a.py', `x = y  # ${'why '.repeat(300)}# noqa`],
    ['A.java', `go(); // ${'why '.repeat(300)}NOSONAR`],
  ])('finds in %s what is pushed out of sight', (path, text) => {
    expect(find(path, `${text}\n`)).toHaveLength(1);
  });

  test('finds what is added to a long comment, however late', () => {
    const rules = Array.from({ length: 60 }, (_, index) => `no-rule-${index}: off`);
    const before = `/* eslint\n${rules.join(',\n')} */\n`;
    expect(find('a.js', before, before)).toEqual([]);
    expect(find('a.js', before.replace(' */', ',\nno-eval: off */'), before)).toHaveLength(1);
  });

  test('says where, and what', () => {
    expect(find('a.ts', 'a();\n\nb(); // @ts-ignore no\n')).toEqual([
      { line: 3, message: 'This comment switches a check off: // @ts-ignore no' },
    ]);
  });

  test('counts what was there before once, wherever it has moved', () => {
    const one = '// @ts-ignore\na();\n';
    expect(find('a.ts', `b();\n${one}`, one)).toEqual([]);
    expect(find('a.ts', `${one}b();\n${one}`, one)).toMatchObject([{ line: 4 }]);
    expect(findSuppressions({ path: 'a.ts', before: one, after: null })).toEqual([]);
  });
});
