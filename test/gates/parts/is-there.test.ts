import { describe, expect, test } from 'vitest';
import { isThere } from '../../../src/gates/parts/is-there.ts';
import { cpuMs } from '../../support/cpu-ms.ts';

const PATHS = ['src/a.ts', 'src/deep/er/b.test.ts', 'app/[id]/page.tsx', '.github/ci.yml', 'docs/a+b.md'];

describe('src/gates/parts/is-there.ts', () => {
  test.each([
    'src/a.ts',
    './src/a.ts',
    '/src/a.ts',
    'src',
    'src/deep/',
    'src/*.ts',
    'src/?.ts',
    'src/**/*.test.ts',
    '**/a.ts',
    'src/**/a.ts',
    '**/*.yml',
    'src/d*p',
    'src/{b,a}.ts',
    '{src,lib}/{x,a}.{js,ts}',
    'app/[id]/page.tsx',
    'app/[id]/*.tsx',
    'docs/a+b.*',
  ])('%s is there', (pattern) => {
    expect(isThere(pattern, PATHS)).toBe(true);
  });

  test.each([
    'src/b.ts',
    'sr',
    'src/*.js',
    '*.ts',
    'src/??.ts',
    'src/{b,c}.ts',
    'app/*/x',
    'src/a.ts/*',
    '**/c',
  ])('%s is not', (pattern) => {
    expect(isThere(pattern, PATHS)).toBe(false);
  });

  test.each([
    ['*a'.repeat(40), 'a'.repeat(250)],
    ['**/a/'.repeat(40), 'a/'.repeat(2_000)],
    ['{a,b}'.repeat(60), 'a'.repeat(60)],
    ['+(a|aa|a?)'.repeat(20), 'a'.repeat(200)],
  ])('takes no longer for %s', (pattern, path) => {
    const before = cpuMs();
    expect(isThere(`${pattern}-`, [path, path, path])).toBe(false);
    expect(cpuMs() - before).toBeLessThan(2_000);
  });
});
