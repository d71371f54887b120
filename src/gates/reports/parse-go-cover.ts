import { type Report, ReportFault } from './report.ts';

/** A block of statements: `example.com/a/b.go:3.14,5.2 2 1`. */
const BLOCK = /^(\S{1,1000}:\d{1,9}\.\d{1,9},\d{1,9}\.\d{1,9}) (\d{1,9}) (\d{1,15})$/;

/**
 * Counts the statements of a cover profile of Go, each block once: a block that several packages measure is covered when
 * one of them has run it.
 * @throws ReportFault
 */
export function parseGoCover(text: string): Report {
  const [mode = '', ...rest] = text.trimEnd().split('\n');
  if (!/^mode: (?:set|count|atomic)$/.test(mode.trim())) {
    throw new ReportFault('it does not begin with a mode');
  }
  const blocks = new Map<string, { readonly count: number; readonly isRun: boolean }>();
  for (const line of rest) {
    const [, place = '', count, runs] = BLOCK.exec(line.trim()) ?? [];
    if (place === '') {
      throw new ReportFault(`it has a line that is no block: ${line.slice(0, 80)}`);
    }
    blocks.set(place, { count: Number(count), isRun: Number(runs) > 0 || blocks.get(place)?.isRun === true });
  }
  const all = [...blocks.values()];
  return { kind: 'coverage', lines: sum(all), covered: sum(all.filter(({ isRun }) => isRun)) };
}

function sum(blocks: readonly { readonly count: number }[]): number {
  return blocks.reduce((total, { count }) => total + count, 0);
}
