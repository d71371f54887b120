import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/criteria-covered.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

const CRITERIA = [
  { id: 'AC1', text: 'the sum of 1 and 2 is 3' },
  { id: 'AC2', text: 'a word is refused' },
];

function judge(files: NonNullable<Change['files']>, options = {}) {
  return gate.judge(evidenceOf({ files, criteria: CRITERIA }), gate.options.parse(options));
}

const TYPESCRIPT = `import { sum } from '../src/sum.ts';

describe('sum', () => {
  it('AC1: adds up', () => expect(sum([1, 2])).toBe(3));
  // AC-2
  it('policy: refuses a word', () => {
    expect(() => sum(['a'])).toThrow();
  });
});
`;

describe('src/gates/criteria-covered.ts', () => {
  test('passes when each criterion is named, and shows where', async () => {
    expect(await judge({ 'test/sum.test.ts': { head: TYPESCRIPT } })).toEqual({
      kind: 'pass',
      summary: 'Each of 2 criteria has a test.',
      evidence: 'AC1: test/sum.test.ts:4\nAC2: test/sum.test.ts:5',
    });
  });

  test.each([
    [
      'Python',
      'tests/test_sum.py',
      'class TestSum:\n    def test_ac1_adds_up(self):\n        assert total([1, 2]) == 3\n\n    def test_policy_word(self):\n        """AC2: refused."""\n        with pytest.raises(ValueError):\n            total("a")\n',
    ],
    [
      'Go',
      'sum_test.go',
      'func TestAC1AddsUp(t *testing.T) {\n\tcheck(t, Sum(1, 2), 3)\n}\n\n// Policy: AC 2\nfunc TestWord(t *testing.T) {\n\tif Sum("a") == nil {\n\t\tt.Fatal("taken")\n\t}\n}\n',
    ],
    [
      'a table of cases in a file of policies',
      'test/policy/sum.test.ts',
      "it.each([\n  ['AC01', 3],\n  ['AC02', null],\n])('%s', (_, total) => {\n  assert.equal(sum([]), total);\n});\n",
    ],
  ])('reads %s', async (_, path, head) => {
    expect(await judge({ [path]: { head } })).toMatchObject({ kind: 'pass' });
  });

  test('says which criterion has no test, and how one is named', async () => {
    const head = TYPESCRIPT.replace('AC-2', 'AC22, MAC2');
    expect(await judge({ 'test/sum.test.ts': { head } })).toMatchObject({
      kind: 'fail',
      summary: '1 of 2 criteria have no test.',
      findings: [
        { message: expect.stringMatching(/^AC2 has no test: a word is refused\. Add one with AC2 in/) },
      ],
      evidence: 'AC1: test/sum.test.ts:4\nAC2: no test',
    });
  });

  test.each([
    [
      'a list above the first test',
      { 'test/a.test.ts': { head: `// AC1 AC2\n\n\n\n\n${TYPESCRIPT.replaceAll(/AC-?\d/g, 'x')}` } },
    ],
    ['a file without tests', { 'test/notes.test.ts': { head: '// AC1 AC2 policy\n' } }],
    ['what is not a test file', { 'src/sum.ts': { head: TYPESCRIPT } }],
    [
      'a comment below the last test',
      {
        'test/a.test.ts': {
          head: `${TYPESCRIPT.replaceAll(/AC-?\d/g, 'x')}// AC1 and AC2: see above, policy\n`,
        },
      },
    ],
    [
      'a comment between two tests',
      {
        'test_a.py': {
          head: 'def test_a():\n    assert f()\n# AC1 AC2\n\n\n\n\ndef test_b():\n    assert g()\n',
        },
      },
    ],
    [
      'empty tests',
      {
        'test/a.test.ts': {
          head: "test('AC1 (a sum)', async () => {});\nit('AC2, policy', function () {\n  // sum(['a'])\n});\n",
        },
        'tests/test_a.py': { head: 'def test_ac1_policy():\n    """AC2: f() fails."""\n    pass\n' },
        'a_test.go': { head: 'func TestAC1(t *testing.T) {\n}\n\nfunc TestPolicyAC2(t *testing.T) {}\n' },
        'test/a_test.rb': { head: 'def test_ac1_policy()\n  # f(1) fails\nend\n' },
        'tests/a.test.php': { head: "it('AC2 policy', function () {\n});\n" },
      },
    ],
    ['what was there before', { 'test/sum.test.ts': { base: TYPESCRIPT, head: `${TYPESCRIPT}// more\n` } }],
  ])('does not count %s', async (_, files) => {
    expect(await judge(files)).toMatchObject({ kind: 'fail', evidence: 'AC1: no test\nAC2: no test' });
  });

  test('wants a policy test, unless it is told otherwise', async () => {
    const files = {
      'test/sum.test.ts': {
        head: TYPESCRIPT.replace("it('policy: refuses", "const policy = 1;\n  it('refuses"),
      },
    };
    expect(await judge(files)).toMatchObject({
      kind: 'fail',
      summary: '0 of 2 criteria have no test, and there is no policy test.',
      findings: [{ message: expect.stringContaining('"policy" in its name') }],
    });
    expect(await judge(files, { policyTests: false })).toMatchObject({ kind: 'pass' });
  });

  test('does not apply to a ticket without criteria', async () => {
    const change = evidenceOf({ files: { 'src/a.ts': { head: 'a' } } });
    expect(await gate.judge(change, gate.options.parse({}))).toMatchObject({ kind: 'skip' });
  });

  test.each([
    ['a mark', '@pytest.mark.skip(reason="later")\ndef test_ac1_sum():\n    assert total([1]) == 1\n'],
    [
      'a mark over others',
      '@pytest.mark.xfail\n@pytest.mark.slow\ndef test_ac1_sum():\n    assert total([1]) == 1\n',
    ],
    ['its first words', 'def test_ac1_sum():\n    pytest.skip("later")\n    assert total([1]) == 1\n'],
    ['its file', 'pytestmark = pytest.mark.skip\n\ndef test_ac1_sum():\n    assert total([1]) == 1\n'],
    [
      'its class',
      '@unittest.skip("later")\nclass Sums(TestCase):\n    def test_ac1_sum(self):\n        self.check()\n',
    ],
  ])('does not count a test of Python that %s switches off', async (_, head) => {
    expect(await judge({ 'tests/test_policy.py': { head } })).toMatchObject({
      summary: expect.stringMatching(/^2 of 2 criteria have no test/),
    });
  });

  test('counts what leaves a test only under a condition, and not what stands in a skipped group', async () => {
    const head =
      'def test_ac1_sum():\n    if not docker:\n        pytest.skip("no docker")\n    assert total([1]) == 1\n';
    expect(await judge({ 'tests/test_policy.py': { head } })).toMatchObject({
      findings: [{ message: expect.stringMatching(/^AC2 has no test/) }],
    });
    const skipped = { head: TYPESCRIPT.replace("describe('sum'", "describe.skip('sum'") };
    expect(await judge({ 'test/sum.test.ts': skipped })).toMatchObject({
      summary: expect.stringMatching(/^2 of 2 criteria have no test/),
    });
  });

  test.each([
    ['below a test', "it('a', () => check());\nit.skip('AC1 policy', () => check());"],
    ['above a test', "it.skip('AC1 policy', () => check());\nit('a', () => check());"],
    ['by a comment on it', "// AC1 policy\nit.skip('x', () => check());\nit('a', () => check());"],
    ['todo', "it.todo('AC1 policy');\nit('a', () => check());"],
    ['x', "xit('AC1 policy', () => check());"],
    ['fixme', "test.fixme('AC1 policy', async () => check());"],
    ['if', "it.skipIf(isCi)('AC1 policy', () => check());"],
    ['over a table', "it.skip.each([1])('AC1 policy', () => check());"],
    ['over a table in a text', "it.skip.each`a\n${1}`('AC1 policy', () => check());"],
    ['by an option', "test('AC1 policy', {\n  skip: 'later',\n}, () => check());"],
    ['by its last words', "it('AC1 policy', async (run) => {\n  await check();\n  run.skip('later');\n});"],
    ['by a return', "it('AC1 policy', () => {\n  return;\n  check();\n});"],
    ['by a group', "describe.skip('sums', () => {\n\n\n\n  it('AC1 policy', () => check());\n});"],
    [
      'by a group of several lines',
      "describe\n  .skipIf(isCi)('x', () => {\nit('AC1 policy', () => check());\n});",
    ],
    [
      'by a set-up',
      "describe('x', () => {\n  before(function () {\n    this.skip();\n  });\n  it('AC1 policy', () => check());\n});",
    ],
    ['by the file', "test.skip(({ browser }) => browser === 'b');\ntest('AC1 policy', () => check());"],
    ['by another name', "const it = runner.skip;\nit('AC1 policy', () => check());"],
    [
      'in a test',
      "test('a', async (t) => {\n  check();\n  await t.test('AC1 policy', { skip: true }, () => check());\n});",
    ],
  ])('does not count a test of a script that is switched off: %s', async (_, head) => {
    expect(await judge({ 'test/a.test.ts': { head: `${head}\n` } })).toMatchObject({
      summary: '2 of 2 criteria have no test, and there is no policy test.',
    });
  });

  test.each([
    [
      'over several lines',
      '@pytest.mark.skipif(\n    is_ci,\n    reason="later",\n)\ndef test_ac1_policy():\n    check()\n',
    ],
    [
      'over others',
      '@unittest.skipIf(is_ci, "later")\n\n# why\n@other\ndef test_ac1_policy():\n    check()\n',
    ],
    [
      'in a list',
      'pytestmark = [\n    pytest.mark.slow,\n    pytest.mark.skipif(is_ci),\n]\n\n\ndef test_ac1_policy():\n    check()\n',
    ],
    [
      'of a class',
      'class TestA:\n    pytestmark = [\n        pytest.mark.skip,\n    ]\n\n    def test_ac1_policy(self):\n        check()\n',
    ],
    [
      'by a name',
      'later = pytest.mark.skipif(\n    True,\n)\n\n@later\ndef test_ac1_policy():\n    check()\n',
    ],
    ['by its end', 'def test_ac1_policy():\n    check()\n    raise unittest.SkipTest("later")\n'],
    [
      'by a set-up',
      'class A(TestCase):\n    def setUp(self):\n        self.skipTest("later")\n\n    def test_ac1_policy(self):\n        check()\n',
    ],
    [
      'never collected',
      'class TestA:\n    __test__ = False\n\n    def test_ac1_policy(self):\n        check()\n',
    ],
    [
      'beside another',
      '@pytest.mark.skip\ndef test_ac1_policy():\n    check()\ndef test_b():\n    check()\n',
    ],
  ])('does not count a test of Python that is switched off: %s', async (_, head) => {
    expect(await judge({ 'tests/test_a.py': { head } })).toMatchObject({
      summary: '2 of 2 criteria have no test, and there is no policy test.',
    });
  });

  test.each([
    [
      'test/a.test.ts',
      "it.skip('x', () => check());\nit('AC1 policy', () => check());\n// AC2\nit('b', { retry: 2, skip: false }, () => check());\n",
    ],
    [
      'test/a.test.ts',
      "const test = base.extend({});\ntest.describe('x', () => {\n  test('AC1 policy', async ({ page }) => {\n    await items.skip(2);\n    if (!page) {\n      test.skip();\n    }\n  });\n  test.each`a\n${1}`('AC2', () => check());\n});\n",
    ],
    [
      'tests/test_a.py',
      '@pytest.mark.parametrize(\n    "skip",\n    ["skip"],\n)\nasync def test_ac1_policy(skip):\n    assert skip\n    # AC2\n\n@pytest.mark.skip\ndef test_c():\n    pass\n',
    ],
  ])('counts the tests beside them: %s', async (path, head) => {
    expect(await judge({ [path]: { head } })).toMatchObject({ kind: 'pass' });
  });

  test('says so when the tests cannot be read', async () => {
    const said = await judge({ 'test/a.test.ts': { head: "it('AC1', () => {\n" } });
    expect(said).toMatchObject({
      kind: 'fail',
      findings: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('test/a.test.ts cannot be parsed') }),
      ]),
    });
  });
});
