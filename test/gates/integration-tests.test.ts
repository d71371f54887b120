import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/integration-tests.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: NonNullable<Change['files']>, given: unknown = {}) {
  return gate.judge(evidenceOf({ files }), gate.options.parse(given));
}

describe('src/gates/integration-tests.ts', () => {
  test.each([
    'tests/integration/orders.test.ts',
    'e2e/orders.spec.ts',
    'src/orders.integration.test.ts',
    'tests/test_orders_integration.py',
    'pkg/orders_integration_test.go',
  ])('passes with %s', async (path) => {
    expect(await judge({ [path]: { head: 'x' } })).toMatchObject({ kind: 'pass' });
  });

  test('fails without one, and when the only one is taken away', async () => {
    expect(await judge({ 'tests/orders.test.ts': { head: 'x' } })).toMatchObject({ kind: 'fail' });
    expect(await judge({ 'e2e/orders.test.ts': { base: 'x' } })).toMatchObject({ kind: 'fail' });
  });

  test('judges nothing where none is required', async () => {
    expect(await judge({ 'src/a.ts': { head: 'x' } }, { required: false })).toMatchObject({ kind: 'skip' });
  });
});
