import { expect, test } from 'vitest';
import { isAlike } from '../../src/domain/is-alike.ts';

test.each([
  ['The total is never checked', 'Total is not checked', true],
  ['The total is never checked', 'The total of an order is never checked', true],
  ['SQL injection in the login handler', 'Login handler: SQL injection', true],
  ['Unused exports `foo`', 'Unused export foo', true],
  ['Duplicated code in the parser', 'Code is duplicated in parsers', true],
  ['Unused export foo', 'Unused export bar', false],
  ['Anybody can read orders', 'Anybody can write orders', false],
  ['The total is checked', 'The total is never checked twice', false],
  ['Slow', 'Slow query', false],
  ['Slow query', 'Queries are slow', true],
  ['Slow query', 'Slow query of orders', false],
  ['', '', false],
])('src/domain/is-alike: %s / %s', (one, other, expected) => {
  expect(isAlike(one, other)).toBe(expected);
  expect(isAlike(other, one)).toBe(expected);
});
