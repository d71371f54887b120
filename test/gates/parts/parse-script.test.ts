import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isTooDeep } from '../../../src/gates/parts/is-too-deep.ts';
import { parseScript } from '../../../src/gates/parts/parse-script.ts';

const MANY = 60_000;

describe('src/gates/parts/parse-script.ts', () => {
  // Each of them ended the process: the parser recurses, and its stack is the system's.
  test.each([
    ['(', '1', ')'],
    ['[', '', ']'],
    ['{', '', '}'],
    ['!', '1', ''],
    ['a?b:', '1', ''],
    ['a=>', '1', ''],
    ['a =\n', '1', ''],
    ['typeof ', '1', ''],
    ['if (a)\n', '1', ''],
    ['if (a) {} else ', '1', ''],
    ['f(', '', ')'],
    ['`${', '1', '}`'],
    ['a\n.b', '', ''],
    ['a\n(b)', '', ''],
    ['<a>', '', '</a>'],
    ['l:\n', '1', ''],
  ])('does not parse %s over and over', async (opening, middle, closing) => {
    expect(await parseScript('a.tsx', `${opening.repeat(MANY)}${middle}${closing.repeat(MANY)}`)).toBeNull();
  });

  test('survives what it just lets pass', async () => {
    for (const code of [
      `${'('.repeat(500)}1${')'.repeat(500)}`,
      `${'!'.repeat(2_000)}1`,
      'if (a)\n'.repeat(5_000),
      `x${'\n.b'.repeat(2_000)}`,
      `${'a ? b : '.repeat(1_000)}1`,
    ]) {
      expect(isTooDeep(code)).toBe(false);
      // Whether it is right is another question.
      await parseScript('a.js', code);
    }
  });

  test('takes the code of this project and long data for what they are', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.ts'),
    );
    expect(sources.filter((path) => isTooDeep(readFileSync(join('src', path), 'utf8')))).toEqual([]);
    expect(
      isTooDeep(`export const rows = [\n${'  { name: "a", values: [1, -2, 3.5] },\n'.repeat(20_000)}];\n`),
    ).toBe(false);
    expect(isTooDeep('const a = b.c(1)\nconst d = !e\n'.repeat(10_000))).toBe(false);
  });
});
