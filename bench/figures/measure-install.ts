import { createInstallBench } from '../../test/dependencies/install-bench.ts';
import { printTable } from '../report/print-table.ts';
import { median } from '../report/quantile.ts';

const ROUNDS = 5;
const PACKAGES = 150;
const FILES = 100;

/** What a gate waits for when its packages are there, beside a real `npm ci` of them from a registry on this machine. */
export async function measureInstall(): Promise<void> {
  const names = Array.from({ length: PACKAGES }, (_, index) => `package-${index}`);
  const files = Object.fromEntries(
    Array.from({ length: FILES }, (_, index) => [`lib/${index}.js`, 'module.exports = 1;\n'.repeat(100)]),
  );
  const bench = createInstallBench(names.map((name) => ({ name, version: '1.0.0', files })));
  await bench.open();
  await bench.renew();
  const dependencies = await bench.create();
  const { signal } = new AbortController();
  const locked = bench.filesOf(...names);
  async function measure(repository: number): Promise<number> {
    const startedMs = performance.now();
    const provided = await dependencies.provide(bench.request({ repository, files: locked }), signal);
    if (provided.kind === 'failed') {
      throw new Error(`${provided.summary} ${provided.output}`);
    }
    return performance.now() - startedMs;
  }
  const [fresh, kept]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    fresh.push(await measure(round));
    kept.push(await measure(round));
  }
  const rows = [
    ['npm ci, in the sandbox', fresh],
    ['from the cache', kept],
  ] as const;
  printTable(`${PACKAGES} packages with ${PACKAGES * FILES} files, milliseconds (${ROUNDS} rounds)`, [
    ['', 'median', 'times as fast'],
    ...rows.map(([name, times]) => [name, median(times), median(fresh) / median(times)]),
  ]);
  await bench.close();
}
