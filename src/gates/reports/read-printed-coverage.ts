/** Where coverage tools print what is covered of all lines or statements, in per cent: each a line of its own. */
const TOTALS = [
  // Istanbul and c8, as vitest and jest print it: statements, branches, functions, lines.
  /^All files {0,99}(?:\| {0,9}[\d.]{1,9} {0,9}){3}\| {0,9}([\d.]{1,9})/,
  // The test runner of Node.
  /^(?:#|ℹ) {0,9}all files {0,99}\| {0,9}([\d.]{1,9})/,
  // coverage.py and pytest-cov: statements, those missed, with branches two more.
  /^TOTAL(?:\s{1,99}\d{1,9}){1,6}\s{1,99}([\d.]{1,9})%\s{0,9}$/,
  // go tool cover -func.
  /^total:\s{1,99}\(statements\)\s{1,99}([\d.]{1,9})%/,
];

/**
 * The share of covered lines that a command has printed, in per cent; null when it has printed none. Tests can print a
 * table as well, so the least counts.
 */
export function readPrintedCoverage(output: string): number | null {
  const shares = output
    .split('\n')
    .flatMap((line) => TOTALS.map((pattern) => Number(pattern.exec(line)?.[1] ?? Number.NaN)))
    .filter((share) => share >= 0 && share <= 100);
  return shares.length === 0 ? null : Math.min(...shares);
}
