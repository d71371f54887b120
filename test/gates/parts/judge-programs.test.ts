import { describe, expect, it } from 'vitest';
import { judgePrograms } from '../../../src/gates/protected-files/judge-programs.ts';

const VITEST = { version: '5.1.0', integrity: 'sha512-a', bin: { vitest: 'vitest.mjs' } };

function lock(packages: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ lockfileVersion: 3, packages });
}

const BEFORE = lock({ '': { name: 'shop' }, 'node_modules/vitest': VITEST });

describe('gates/protected-files/judge-programs', () => {
  it.each([
    ['another version', { ...VITEST, version: '5.1.1', integrity: 'sha512-b' }],
    ['other content', { ...VITEST, integrity: 'sha512-b' }],
    ['another package under its name', { ...VITEST, name: 'evil', integrity: 'sha512-b' }],
  ])('shows a program that comes from %s', (_, entry) => {
    expect(judgePrograms(BEFORE, lock({ 'node_modules/vitest': entry }), '')).toEqual([
      'brings another program vitest, which gates may run',
    ]);
  });

  it.each([
    ['node', 'vitest run'],
    ['tsc', 'tsc -p . && vitest'],
    ['my-lint', './bin/my-lint --all'],
  ])('shows a new program %s in the place of one that commands call', (name, commands) => {
    const after = lock({ 'node_modules/vitest': VITEST, 'node_modules/helper': { bin: { [name]: 'x.js' } } });
    expect(judgePrograms(BEFORE, after, commands)).toEqual([
      `brings another program ${name}, which gates may run`,
    ]);
  });

  it('knows a package whose program has its own name', () => {
    const after = lock({ 'node_modules/@evil/node': { bin: 'x.js' } });
    expect(judgePrograms(BEFORE, after, '')).toHaveLength(1);
  });

  it.each([
    [
      'the same from a mirror',
      { 'node_modules/vitest': { ...VITEST, resolved: 'https://mirror.example/v.tgz' } },
    ],
    ['a package more', { 'node_modules/vitest': VITEST, 'node_modules/left-pad': { version: '1.0.0' } }],
    ['a program more', { 'node_modules/vitest': VITEST, 'node_modules/nanoid': { bin: { nanoid: 'x.js' } } }],
    ['a program less', {}],
    [
      'a program that is not on the PATH',
      { 'node_modules/vitest': VITEST, 'node_modules/a/node_modules/b': { bin: { node: 'x' } } },
    ],
  ])('has nothing to say of %s', (_, packages) => {
    expect(judgePrograms(BEFORE, lock(packages), 'vitest run')).toEqual([]);
  });

  it.each([[null], ['{'], ['{"packages":[]}']])('reads nothing out of %s', (text) => {
    expect(judgePrograms(text, text, '')).toEqual([]);
  });
});
