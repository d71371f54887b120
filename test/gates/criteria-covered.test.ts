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
  it('AC1: adds up', () => {});
  // AC-2
  it('policy: refuses a word', () => {});
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
      'class TestSum:\n    def test_ac1_adds_up(self):\n        pass\n\n    def test_policy_word(self):\n        """AC2: refused."""\n',
    ],
    [
      'Go',
      'sum_test.go',
      'func TestAC1AddsUp(t *testing.T) {}\n\n// Policy: AC 2\nfunc TestWord(t *testing.T) {}\n',
    ],
    [
      'a table of cases in a file of policies',
      'test/policy/sum.test.ts',
      "it.each([\n  ['AC01', 3],\n  ['AC02', null],\n])('%s', () => {});\n",
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
});
