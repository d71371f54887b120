import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/tests-kept.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: Change['files'], given: unknown = {}) {
  return gate.judge(evidenceOf({ files: files ?? {} }), gate.options.parse(given));
}

const TWO_TESTS = "test('a', () => {});\ntest('b', () => {});\n";

describe('src/gates/tests-kept.ts', () => {
  test.each([
    ['test/a.test.ts', "test.only('a', () => {});"],
    ['test/a.test.ts', "  it.skip('a', () => {});"],
    ['src/a.spec.js', "describe.skip('a', () => {});"],
    ['src/a.spec.js', "xit('a', () => {});"],
    ['test/a.test.ts', "test('a', { skip: true }, () => {});"],
    ['tests/test_a.py', '@pytest.mark.skip(reason="slow")'],
    ['a_test.go', '\tt.Skip("later")'],
    ['test/a.test.ts', "it.concurrent.skip('a', () => {});"],
    ['test/a.test.ts', "test.skipIf(true)('a', () => {});"],
    ['test/a.test.ts', "test.fails('a', () => {});"],
    ['test/a.test.ts', '  this.skip();'],
    ['test/a.test.ts', "  t.todo('later');"],
    ['test/a.test.ts', "  { skip: 'slow' }, async () => {"],
    ['test/a.test.ts', `${' '.repeat(3_000)}it.skip('a', () => {});`],
    ['spec/a_spec.rb', "  xit 'a' do"],
    ['tests/test_a.py', '    pytest.skip("later")'],
    ['tests/test_a.py', '@pytest.mark.xfail'],
    ['tests/test_a.py', 'pytestmark = pytest.mark.skip'],
    ['tests/test_a.py', 'torch = pytest.importorskip("torch")'],
    ['tests/test_a.py', '        self.skipTest("later")'],
    ['tests/test_a.py', '@expectedFailure'],
  ])('fails a line of %s that switches tests off: %j', async (path, line) => {
    expect(await judge({ [path]: { base: TWO_TESTS, head: `${TWO_TESTS}${line}\n` } })).toMatchObject({
      kind: 'fail',
      findings: [{ path, line: 3 }],
    });
  });

  test.each<[string, Change['files'], RegExp]>([
    ['a deleted test file', { 'test/a.test.ts': { base: TWO_TESTS } }, /deleted/],
    [
      'a test file that became something else',
      { 'old/a.ts': { from: 'test/a.test.ts', base: TWO_TESTS, head: TWO_TESTS } },
      /became old\/a\.ts/,
    ],
    [
      'fewer tests in a file',
      { 'test/a.test.ts': { base: TWO_TESTS, head: "test('a', () => {});\n" } },
      /had 2 tests and now has 1/,
    ],
    [
      'a test file that grew too large to be counted',
      { 'test/a.test.ts': { base: TWO_TESTS, head: `${TWO_TESTS}${'x'.repeat(1_000_000)}` } },
      /more than 1000000 bytes/,
    ],
    [
      'a test file that was too large to be counted',
      { 'test/a.test.ts': { base: `${TWO_TESTS}${'x'.repeat(1_000_000)}`, head: TWO_TESTS } },
      /more than 1000000 bytes/,
    ],
    [
      'a test that became a comment',
      {
        'test_a.py': {
          base: 'def test_a():\n  pass\ndef test_b():\n  pass\n',
          head: 'def test_a():\n  pass\n# def test_b():\n',
        },
      },
      /had 2 tests and now has 1/,
    ],
  ])('holds %s', async (_, files, message) => {
    expect(await judge(files)).toMatchObject({
      kind: 'hold',
      findings: [{ message: expect.stringMatching(message) }],
    });
  });

  test.each<[string, Change['files']]>([
    ['more tests', { 'test/a.test.ts': { base: TWO_TESTS, head: `${TWO_TESTS}test('c', () => {});\n` } }],
    [
      'another test in place of one',
      { 'test/a.test.ts': { base: TWO_TESTS, head: TWO_TESTS.replace("'b'", "'c'") } },
    ],
    [
      'a renamed test file',
      { 'test/b.test.ts': { from: 'test/a.test.ts', base: TWO_TESTS, head: TWO_TESTS } },
    ],
    ['a deleted source file', { 'src/a.ts': { base: "it('is no test')" } }],
    [
      'calls that look like it',
      {
        'test/a.test.py': {
          head: 'model.fit(x)\npattern.test(y)\nlist(skip=True)\n# fit the line\ncontext.skipped(1)\n',
        },
      },
    ],
    [
      'options that a test hands on',
      { 'test/a.test.ts': { head: "expect(read({ skip: true })).toEqual({ todo: 'x' });\nlist.skip(1);\n" } },
    ],
    [
      'a source file that speaks of skipping',
      { 'src/a.ts': { head: 'queue.only({ skip: true }); it.skip();' } },
    ],
    ['a new test file', { 'test/a.test.ts': { head: TWO_TESTS } }],
  ])('passes %s', async (_, files) => {
    expect((await judge(files)).kind).toBe('pass');
  });
});
