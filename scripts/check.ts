// All fast checks, two at a time, with all failures shown together at the end. Usage: npm run check
import { spawn } from 'node:child_process';

const CHECKS = [
  { name: 'types', command: 'node node_modules/typescript7/bin/tsc -p .' },
  { name: 'lint', command: 'oxlint --type-aware --deny-warnings' },
  { name: 'layers', command: 'node scripts/check-layers.ts' },
  { name: 'dead code', command: 'knip --no-progress' },
  { name: 'generated files', command: 'node scripts/generate.ts --check' },
  { name: 'format', command: 'biome check --error-on-warnings' },
] as const;
const AT_ONCE = 2;

interface Result {
  readonly name: string;
  readonly command: string;
  readonly passed: boolean;
  readonly output: string;
}

function run(check: (typeof CHECKS)[number]): Promise<Result> {
  const started = performance.now();
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    const child = spawn(check.command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${check.name} (${seconds} s)`);
      resolve({ ...check, passed: code === 0, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** Takes checks from the shared queue until it is empty. */
async function work(queue: Iterator<(typeof CHECKS)[number]>): Promise<Result[]> {
  const results: Result[] = [];
  for (let next = queue.next(); next.done !== true; next = queue.next()) {
    results.push(await run(next.value));
  }
  return results;
}

const queue = CHECKS.values();
const results = (await Promise.all(Array.from({ length: AT_ONCE }, () => work(queue)))).flat();
const failed = results.filter((result) => !result.passed);
for (const { name, command, output } of failed) {
  console.log(`\n--- ${name}: ${command}\n${output.trim()}`);
}
console.log(
  failed.length === 0
    ? `\nAll ${results.length} checks passed.`
    : `\n${failed.length} of ${results.length} checks failed: ${failed.map(({ name }) => name).join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
