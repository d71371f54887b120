import { describe, expect, test } from 'vitest';
import { readPrintedTests } from '../../../src/gates/reports/read-printed-tests.ts';

describe('src/gates/reports/read-printed-tests.ts', () => {
  test.each([
    ['node --test', 'ℹ tests 4\nℹ suites 1\nℹ pass 2\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\n', 3],
    ['node --test, as TAP', '# tests 2\n# pass 2\n# fail 0\n', 2],
    ['vitest', ' Test Files  1 passed (1)\n      Tests  1 failed | 12 passed (13)\n', 13],
    ['jest', 'Test Suites: 2 passed, 2 total\nTests:       1 skipped, 12 passed, 13 total\n', 12],
    ['mocha', '  12 passing (8ms)\n  1 failing\n', 13],
    ['pytest', '.F.\nFAILED test_a.py::b\n1 failed, 2 passed, 1 skipped in 0.13s\n', 3],
    ['pytest with rules', '==== 5 passed in 0.13s ====\n', 5],
    ['pytest that only fails', '==== 2 failed in 0.13s ====\n', 2],
    ['unittest', 'Ran 7 tests in 0.002s\n\nOK\n', 7],
    ['a tool that runs no tests', 'Checked 10 files. No fixes applied.\n', null],
    ['nothing', '', null],
  ])('%s', (_, output, count) => {
    expect(readPrintedTests(output)).toBe(count);
  });
});
