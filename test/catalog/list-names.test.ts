import { describe, expect, test } from 'vitest';
import { listNames } from '../../src/catalog/list-names.ts';

const MANY = [...Array.from({ length: 20 }, (_, index) => `workflow-${index}`), 'error-investigation'];

describe('src/catalog/list-names.ts', () => {
  test('names all of a few, in their order', () => {
    expect(listNames(['b', 'a', 'c'], 'c')).toBe('b, a, c');
    expect(listNames([], 'c')).toBe('');
  });

  test('begins with what was probably meant, and says how many are left', () => {
    const names = listNames(MANY, 'eror-investigation');
    expect(names).toMatch(/^error-investigation, /);
    expect(names).toMatch(/ and 9 more$/);
  });
});
