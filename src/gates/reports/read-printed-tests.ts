/** Where test runners print how many tests have passed and failed. What was skipped has not run. */
const TOTALS: readonly (readonly RegExp[])[] = [
  // The test runner of Node.
  [/^(?:#|ℹ) pass (\d{1,9})$/m, /^(?:#|ℹ) fail (\d{1,9})$/m],
  // Vitest: `Tests  1 failed | 12 passed (13)`; Jest: `Tests:       1 failed, 12 passed, 13 total`.
  [/^\s{0,8}Tests:?\s.{0,80}?(\d{1,9}) passed/m, /^\s{0,8}Tests:?\s.{0,80}?(\d{1,9}) failed/m],
  // Mocha.
  [/^\s{0,8}(\d{1,9}) passing\b/m, /^\s{0,8}(\d{1,9}) failing\b/m],
  // Pytest: `1 failed, 12 passed in 0.13s`.
  [/^(?:=+ )?(?:.{1,80}, )?(\d{1,9}) passed\b.{0,80} in \d/m, /^(?:=+ )?(\d{1,9}) failed\b.{0,80} in \d/m],
  // unittest of Python.
  [/^Ran (\d{1,9}) tests? in /m],
];

/** How many tests have run, as a runner has printed it; null when none has said so. */
export function readPrintedTests(output: string): number | null {
  for (const patterns of TOTALS) {
    const found = patterns.flatMap((pattern) => pattern.exec(output)?.[1] ?? []);
    if (found.length > 0) {
      return found.reduce((sum, text) => sum + Number(text), 0);
    }
  }
  return null;
}
