import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/diff-size.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: Change['files'], given: unknown = {}) {
  return gate.judge(evidenceOf({ files: files ?? {} }), gate.options.parse(given));
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, n) => `line ${n}\n`).join('');
}

describe('src/gates/diff-size.ts', () => {
  test('passes up to the limits, and fails one above', async () => {
    const files = { 'a.ts': { head: lines(3) }, 'b.ts': { base: lines(2) } };
    expect(await judge(files, { maxFiles: 2, maxLines: 5 })).toEqual({
      kind: 'pass',
      summary: 'The change has 2 files and 5 lines.',
    });
    expect((await judge(files, { maxFiles: 1, maxLines: 5 })).kind).toBe('fail');
    expect(await judge(files, { maxFiles: 2, maxLines: 4 })).toMatchObject({
      kind: 'fail',
      summary: 'The change has 2 files and 5 lines; allowed are 2 files and 4 lines.',
      findings: [{ message: expect.stringContaining('Largest: a.ts (3), b.ts (2).') }],
    });
  });

  test('has room for 50 files and 1500 lines when nothing is said', () => {
    expect(gate.options.parse({})).toMatchObject({ maxFiles: 50, maxLines: 1_500 });
  });

  test.each([
    'package-lock.json',
    'api/composer.lock',
    'Cargo.lock',
    'src/registry.gen.ts',
    'test/__snapshots__/a.txt',
    'web/app.min.js',
  ])('does not count %s', async (path) => {
    expect(await judge({ [path]: { head: lines(9) } }, { maxLines: 1 })).toMatchObject({
      summary: 'The change has 0 files and 0 lines.',
    });
  });

  test('does not take a hand-written file for a generated one', async () => {
    const files = { 'src/generate.ts': { head: 'a\n' }, 'package.json': { head: '{}\n' } };
    expect(await judge(files)).toMatchObject({ summary: 'The change has 2 files and 2 lines.' });
  });
});
