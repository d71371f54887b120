import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyProject, type ProjectCopy } from './copy-project.ts';

const LONG_FUNCTION = `export function long(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(60)}  return sum;\n}\n`;
const LONG_FILE = Array.from({ length: 301 }, (_, index) => `export const a${index} = ${index};\n`).join('');
const NESTED = 'if (a) { if (a) { if (a) { if (a) { return 1; } } } }';
const BRANCHES = Array.from({ length: 11 }, (_, index) => `  if (a === ${index}) { return ${index}; }`).join(
  '\n',
);

/** One fault of each kind: the rule that names it, the file, and what that file says. */
const LINT: readonly (readonly [rule: string, file: string, text: string])[] = [
  [
    'no-restricted-globals',
    'src/domain/planted-date.ts',
    'export function now(): number { return Date.now(); }\n',
  ],
  [
    'no-restricted-globals',
    'src/steps/parts/planted-process.ts',
    "export const home = process.env['HOME'];\n",
  ],
  [
    'no-restricted-properties',
    'src/orchestration/planted-random.ts',
    'export function roll(): number { return Math.random(); }\n',
  ],
  [
    'no-restricted-imports',
    'src/gates/parts/planted-node.ts',
    "export { readFile } from 'node:fs/promises';\n",
  ],
  ['no-default-export', 'src/store/planted-default.ts', 'export default 1;\n'],
  ['max-lines-per-function', 'src/store/planted-long-function.ts', LONG_FUNCTION],
  ['eslint(max-lines)', 'src/store/planted-long-file.ts', LONG_FILE],
  [
    'max-depth',
    'src/store/planted-depth.ts',
    `export function deep(a: boolean): number { ${NESTED} return 0; }\n`,
  ],
  [
    'max-params',
    'src/store/planted-params.ts',
    'export function f(a: 1, b: 1, c: 1, d: 1): number[] { return [a, b, c, d]; }\n',
  ],
  [
    'complexity',
    'src/store/planted-complexity.ts',
    `export function f(a: number): number {\n${BRANCHES}\n  return 0;\n}\n`,
  ],
  [
    'no-floating-promises',
    'src/store/planted-promise.ts',
    'export function f(): void { Promise.resolve(1); }\n',
  ],
  ['no-explicit-any', 'src/store/planted-any.ts', 'export function f(a: any): unknown { return a; }\n'],
  [
    'consistent-type-imports',
    'src/store/planted-import.ts',
    "import { Run } from '../domain/run.ts';\nexport type R = Run;\n",
  ],
  [
    'switch-exhaustiveness-check',
    'src/store/planted-switch.ts',
    "export function f(a: 'x' | 'y'): number { switch (a) { case 'x': return 1; } return 2; }\n",
  ],
  ['filename-case', 'src/store/plantedCase.ts', 'export const a = 1;\n'],
  ['no-console', 'src/store/planted-console.ts', "export function f(): void { console.log('x'); }\n"],
];

let copy: ProjectCopy;

beforeAll(async () => {
  copy = await copyProject();
});

afterAll(() => copy.remove());

describe('.oxlintrc.json', () => {
  let output = '';

  beforeAll(async () => {
    await copy.write(Object.fromEntries(LINT.map(([, file, text]) => [file, text])));
    const files = LINT.map(([, file]) => file);
    ({ output } = await copy.run('oxlint', '--type-aware', '--format', 'unix', ...files));
  });

  test.each(LINT)('names %s in %s', (rule, file) => {
    const found = output.split('\n').filter((line) => line.startsWith(`${file}:`));
    expect(found.join('\n')).toContain(rule);
  });
});

describe('scripts/check.ts', () => {
  let result = { code: 0, output: '' };

  beforeAll(async () => {
    const registry = await readFile('src/commands/registry.gen.ts', 'utf8');
    await copy.write({
      'src/domain/planted-type.ts': "export const planted: number = 'one';\n",
      'src/domain/planted-unused.ts': 'export const nobodyImportsThis = 1;\n',
      'src/domain/planted-format.ts': 'export   const badly = "formatted"\n',
      'src/commands/registry.gen.ts': registry.replace('  approve,\n', ''),
    });
    result = await copy.run('node', 'scripts/check.ts');
  });

  test('fails, and says which checks failed', () => {
    expect(result.code).toBe(1);
    expect(result.output).toMatch(/\d of 6 checks failed: .*dead code/);
  });

  test.each([
    ['a type error', /src\/domain\/planted-type\.ts.*TS2322/],
    ['an unused file', /src\/domain\/planted-unused\.ts/],
    ['an unformatted file', /src\/domain\/planted-format\.ts format/],
    ['a stale generated file', /src\/commands\/registry\.gen\.ts is out of date/],
    ['a forbidden global', /planted-date\.ts/],
  ])('shows %s', (_what, pattern) => {
    expect(result.output).toMatch(pattern);
  });

  test('prints each check with its time', () => {
    for (const name of ['types', 'lint', 'layers', 'dead code', 'generated files', 'format']) {
      expect(result.output).toMatch(new RegExp(`(ok|FAIL) +${name} \\(\\d+\\.\\d s\\)`));
    }
  });
});
