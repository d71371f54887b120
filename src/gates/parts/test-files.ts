/** Where the tests of common languages are. */
export const TEST_FILES = [
  '**/*.{test,spec}.*',
  '**/{test,tests,__tests__,spec}/**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx,py,go,rb}',
  '**/test_*.py',
  '**/*_test.{py,go}',
];

/** The start of one test. */
const TEST_START = /(?<![\w.])(?:test|it|specify)(?:\.each)?\s?\(|^\s{0,40}(?:async )?def test_|^func Test/;

/** The same in a whole file, to count tests before and after. */
export const TEST_STARTS = new RegExp(TEST_START, 'gm');

/** Whether a test starts in this line. */
export function startsTest(line: string): boolean {
  return TEST_START.test(line);
}
