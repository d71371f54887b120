// Tries every attack on Baton and on the naive bot, and prints who blocked what.
// Usage: npm run attacks [-- P G X S] [--why]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest, type TestCase } from 'vitest/node';
import { GROUPS, type Group } from './attack.ts';
import type { Row } from './row.ts';
import { toTable } from './to-table.ts';

const FILES: Readonly<Record<Group, string>> = {
  P: 'prompt.test.ts',
  G: 'git.test.ts',
  X: 'processes.test.ts',
  S: 'secrets.test.ts',
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { why: { type: 'boolean' } } });
const groups = (Object.keys(GROUPS) as Group[]).filter(
  (group) => positionals.length === 0 || positionals.includes(group),
);
const unknown = positionals.filter((name) => !(name in GROUPS));
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(', ')}; there are: ${Object.keys(GROUPS).join(', ')}.`);
  process.exit(64);
}

const rows: Row[] = [];
const errors: string[] = [];

function note(test: TestCase): void {
  const { row } = test.meta();
  if (row !== undefined) {
    rows.push(row);
  }
  const result = test.result();
  // What the table tells by itself is not repeated.
  if (result.state === 'failed' && (row === undefined || row.fate.kind === 'blocked')) {
    errors.push(`${test.fullName}\n${result.errors.map(({ message }) => message).join('\n')}`);
  }
}

const files = groups.map((group) => join(import.meta.dirname, FILES[group]));
const startedMs = performance.now();
const vitest = await startVitest('test', files, {
  watch: false,
  provide: { attacked: ['Baton', 'naive'] },
  reporters: [
    {
      onTestCaseResult: note,
      onTestModuleEnd: (file) =>
        console.log(`${file.relativeModuleId}: ${Math.round(file.diagnostic().duration / 1000)} s`),
    },
  ],
});
await vitest.close();
console.log(`\n${toTable(rows, { why: values.why === true })}`);
console.log(`${Math.round((performance.now() - startedMs) / 1000)} s`);
for (const error of errors) {
  console.log(`\nFailed: ${error}`);
}
const isWhole = rows.length > 0 && rows.length % 2 === 0 && errors.length === 0;
process.exitCode = isWhole && rows.every(({ on, fate }) => on === 'naive' || fate.kind === 'blocked') ? 0 : 1;
