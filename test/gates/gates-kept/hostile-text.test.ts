import { describe, expect, test } from 'vitest';
import { findSuppressions } from '../../../src/gates/gates-kept/find-suppressions.ts';
import { findInSettings } from '../../../src/gates/gates-kept/rules.ts';
import { cpuMs } from '../../support/cpu-ms.ts';

const SIZE = 256 * 1024;
const PIECES = [
  "'",
  '"',
  '`',
  '/*',
  '//',
  '\\"',
  "`'",
  '=\\/',
  '${`',
  '"""',
  '{',
  '[',
  '"a":',
  '- ',
  'lines: 1 ',
  'a: &a [*a]\n',
  'all: all\n',
];
const PATHS = [
  'a.ts',
  'a.py',
  'a.go',
  'vitest.config.ts',
  'tsconfig.json',
  'biome.json',
  '.github/workflows/ci.yml',
  'pyproject.toml',
];

// How long it takes depends on the machine; what is not linear takes minutes for these.
describe('src/gates/gates-kept: text that is made to be slow', () => {
  test.each(PIECES)('is read in time when it is made of %j', (piece) => {
    const text = piece.repeat(Math.ceil(SIZE / piece.length));
    const started = cpuMs();
    for (const path of PATHS) {
      const change = { path, before: `${text}1`, after: `${text}2` };
      expect(() => [findSuppressions(change), findInSettings(change)]).not.toThrow();
    }
    expect(cpuMs() - started).toBeLessThan(20_000);
  });
});
