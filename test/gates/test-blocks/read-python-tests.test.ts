import { describe, expect, test } from 'vitest';
import { readPythonTests } from '../../../src/gates/test-blocks/read-python-tests.ts';

const AC1 = 'def test_ac1():\n    check()\n';

/** Whether the test `test_ac1` of a file runs, by itself and by what holds it. */
async function runs(text: string): Promise<boolean> {
  const at = text.indexOf('def test_ac1');
  const around = ((await readPythonTests(text)) ?? []).filter(({ start, end }) => start <= at && at < end);
  return around.some(({ kind }) => kind === 'test') && around.every(({ isRun }) => isRun);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}

describe('src/gates/test-blocks/read-python-tests.ts', () => {
  test.each([
    ['skips in what it reads', 'def test_ac1():\n    reader.skip(4)\n    assert reader.next() == 1\n'],
    [
      'has such a reader of its own',
      'class TestA:\n    def setUp(self):\n        self.reader.skip(4)\n\n    def test_ac1(self):\n        check()\n',
    ],
    [
      'has a function of that name',
      'from lines import skip\n\ndef test_ac1():\n    skip(4)\n    assert next() == 1\n',
    ],
    ['only speaks of a mark', 'def test_ac1():\n    pytest.mark.skip("later")\n    check()\n'],
    [
      'has a case that is switched off',
      `@pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.skip)])\n${AC1}`,
    ],
    [
      'has such a case in a table',
      `CASES = [1, pytest.param(2, marks=pytest.mark.xfail)]\n\n@pytest.mark.parametrize("x", CASES)\n${AC1}`,
    ],
    ['is marked with a call that is given one', `@patch.object(reader, "skip", new=skip)\n${AC1}`],
    ['is a method of a Test class', `class TestSums:\n${indented(AC1)}`],
    ['is in a Test class of another', `class TestSums:\n    class TestNothing:\n${indented(indented(AC1))}`],
    ['is in a class that builds on another', `class Sums(support.Case):\n${indented(AC1)}`],
    [
      'is in what a Test class builds on',
      `class Sums:\n${indented(AC1)}\nclass TestSums(Sums, TestCase):\n    pass\n`,
    ],
    ['is in what another file builds on', `class SumsMixin:\n${indented(AC1)}`],
    ['is in a base of another file', `class _TestSums:\n${indented(AC1)}\nclass SumsBase:\n    pass\n`],
    ['is in a function that calls it', `def test_all():\n${indented(AC1)}    test_ac1()\n`],
    [
      'is in a function that gives its class',
      `def make():\n    class A(TestCase):\n${indented(indented(AC1))}    return A\n`,
    ],
    ['is grouped by a function', `def describe_sum():\n${indented(AC1)}`],
    ['stands in a try', `try:\n    import numpy\nfinally:\n${indented(AC1)}`],
  ])('a test runs that %s', async (_, text) => {
    expect(await runs(text)).toBe(true);
  });

  test.each([
    ['by a statement', 'def test_ac1():\n    check()\n    pytest.skip("later")\n'],
    ['by an imported name', 'from pytest import skip\n\ndef test_ac1():\n    skip("later")\n    check()\n'],
    [
      'by a name given to it',
      'import pytest as pt\nfrom pytest import (\n    xfail as later,  # why\n)\n\ndef test_ac1():\n    check()\n    later()\n',
    ],
    ['by a module of another name', 'import pytest as pt\n\ndef test_ac1():\n    pt.skip()\n    check()\n'],
    ['by what stands before a comment', `@unittest.expectedFailure  # why\n${AC1}`],
    [
      'by a pytest of its project',
      'from sums.testing.pytest import skip\n\ndef test_ac1():\n    skip("later")\n    check()\n',
    ],
    [
      'by a raise',
      'from unittest import SkipTest\n\ndef test_ac1():\n    check()\n    raise SkipTest("x")\n',
    ],
    ['by an imported mark', `from unittest import skip as later\n\n@later("x")\n${AC1}`],
    [
      'by each of its cases',
      `@pytest.mark.parametrize("x", [pytest.param(1, marks=[pytest.mark.skip]), pytest.param(2, marks=later)])\n${AC1}`.replace(
        /^/,
        'later = pytest.mark.skip(reason="x")\n\n',
      ),
    ],
    ['by a choice', `pytestmark = pytest.mark.skip if is_ci else []\n\n${AC1}`],
  ])('a test is switched off %s', async (_, text) => {
    expect(await runs(text)).toBe(false);
  });

  test.each([
    ['in another function', `def outer():\n${indented(AC1)}`],
    ['in another test', `def test_all():\n    check()\n\n${indented(AC1)}`],
    ['in a class in a function', `def outer():\n    class TestA:\n${indented(indented(AC1))}`],
    ['in a class that is only a helper', `class Helper:\n${indented(AC1)}\nhelper = Helper()\n`],
    ['in one that builds on nothing', `class Helper(object):\n${indented(AC1)}`],
    ['in a class that only ends in the word', `class SumTests:\n${indented(AC1)}`],
    ['in one whose name only has its letters', `class Latest:\n${indented(AC1)}`],
    ['in a store', `class Database:\n${indented(AC1)}`],
    [
      'in a helper that types name',
      `class Helper:\n${indented(AC1)}\ndef make(of: Helper) -> Helper:\n    made: Helper = of\n    return made\n`,
    ],
    ['below a plain no', `if False:\n${indented(AC1)}`],
    ['under a condition', `if sys.platform == "linux":\n    class TestA:\n${indented(indented(AC1))}`],
  ])('a test that is never collected does not run: %s', async (_, text) => {
    expect(await runs(text)).toBe(false);
  });
});
