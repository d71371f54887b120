/** Where coverage tools print what is covered of all lines or statements, in per cent. */
const TOTALS = [
  // Istanbul and c8, as vitest and jest print it: statements, branches, functions, lines.
  /^All files\s*\|\s*[\d.]+\s*\|\s*[\d.]+\s*\|\s*[\d.]+\s*\|\s*([\d.]+)/m,
  // The test runner of Node.
  /^(?:#|ℹ)\s*all files\s*\|\s*([\d.]+)/m,
  // coverage.py and pytest-cov.
  /^TOTAL\s+\d.*?([\d.]+)%\s*$/m,
  // go tool cover -func.
  /^total:\s+\(statements\)\s+([\d.]+)%/m,
];

/** The share of covered lines that a command has printed, in per cent; null when it has printed none. */
export function readPrintedCoverage(output: string): number | null {
  for (const pattern of TOTALS) {
    const share = Number(pattern.exec(output)?.[1] ?? Number.NaN);
    if (share >= 0 && share <= 100) {
      return share;
    }
  }
  return null;
}
