import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/integration-tests.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: NonNullable<Change['files']>, given: unknown = {}) {
  return gate.judge(evidenceOf({ files }), gate.options.parse(given));
}

const SCRIPT = "test('orders', async () => {\n  assert.equal(await list(), 1);\n});\n";

describe('src/gates/integration-tests.ts', () => {
  test.each([
    ['tests/integration/orders.test.ts', SCRIPT],
    ['e2e/orders.spec.ts', SCRIPT],
    ['src/orders.integration.test.ts', SCRIPT],
    ['tests/test_orders_integration.py', 'def test_orders():\n    assert list() == 1\n'],
    ['pkg/orders_integration_test.go', 'func TestOrders(t *testing.T) {\n\tcheck(t, List(), 1)\n}\n'],
    ['spec/integration/orders_spec.rb', "it 'lists' do\n  expect(list).to eq 1\nend\n"],
  ])('passes with %s', async (path, head) => {
    expect(await judge({ [path]: { head } })).toMatchObject({ kind: 'pass' });
  });

  test('wants a test in it: a comment, a helper or an empty test is none', async () => {
    for (const head of ['// to come\n', 'export const orders = list();\n', "test('orders', () => {});\n"]) {
      expect(await judge({ 'e2e/orders.test.ts': { head } })).toMatchObject({ kind: 'fail' });
    }
    const longer = { base: SCRIPT, head: SCRIPT.replace('});', '  assert.ok(await count());\n});') };
    expect(await judge({ 'e2e/orders.test.ts': longer })).toMatchObject({ kind: 'pass' });
  });

  test.each([
    ['under a condition', 'e2e/orders.test.ts', `if (process.env.DATABASE_URL) {\n${SCRIPT}}\n`, 2],
    ['switched off', 'e2e/orders.test.ts', SCRIPT.replace('test(', 'test.skip('), 1],
    [
      'in a file that is left',
      'tests/e2e/test_a.py',
      'pytestmark = pytest.mark.skip("later")\n\ndef test_a():\n    check()\n',
      3,
    ],
  ])('says why a test does not count that is %s', async (_, path, head, line) => {
    expect(await judge({ [path]: { head } })).toMatchObject({
      kind: 'fail',
      findings: [
        { message: expect.stringMatching(/^Add a test of the parts together/) },
        { path, line, message: expect.stringContaining('stand under a condition, are switched off') },
      ],
    });
  });

  test('says nothing of tests that do not run where one does, or that are as they were', async () => {
    const off = SCRIPT.replace('test(', 'test.skip(');
    expect(await judge({ 'e2e/a.test.ts': { head: `${SCRIPT}${off}` } })).toMatchObject({ kind: 'pass' });
    expect(await judge({ 'e2e/a.test.ts': { base: off, head: `// later\n${off}` } })).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringMatching(/^Add a test of the parts together/) }],
    });
  });

  test('fails without one, and when the only one is taken away', async () => {
    expect(await judge({ 'tests/orders.test.ts': { head: 'x' } })).toMatchObject({ kind: 'fail' });
    expect(await judge({ 'e2e/orders.test.ts': { base: 'x' } })).toMatchObject({ kind: 'fail' });
    expect(await judge({ 'e2e/orders.test.ts': { head: '\n\n' } })).toMatchObject({ kind: 'fail' });
    expect(await judge({ 'e2e/orders.test.ts': { base: 'x\ny\n', head: 'x\n' } })).toMatchObject({
      kind: 'fail',
    });
  });

  test('names a test file that it cannot parse, unless another has a test', async () => {
    const broken = { 'e2e/a.test.ts': { head: "test('orders', () => {\n" } };
    expect(await judge(broken)).toMatchObject({
      kind: 'fail',
      findings: [
        { message: expect.stringMatching(/^Add a test of the parts together/) },
        { path: 'e2e/a.test.ts', message: expect.stringContaining('cannot be parsed') },
      ],
    });
    expect(await judge({ ...broken, 'e2e/b.test.ts': { head: SCRIPT } })).toMatchObject({ kind: 'pass' });
  });

  test('judges nothing where none is required', async () => {
    expect(await judge({ 'src/a.ts': { head: 'x' } }, { required: false })).toMatchObject({ kind: 'skip' });
  });
});
