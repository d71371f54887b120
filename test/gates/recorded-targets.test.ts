import { describe, expect, test } from 'vitest';
import { readRecordedTargets } from '../../src/gates/benchmark/read-recorded-targets.ts';
import { evidenceOf } from '../support/evidence.ts';

const P99 = { name: 'p99', unit: 'ms', base: 90, head: 105 };
const PATH = 'docs/adr/ADR-1-sum.md';

function read(section: string, path = PATH) {
  const head = `# A record\n\np99 of 999 ms is nobody's target.\n\n## Latency targets\n\n${section}\n\n## Upgrade path\n\np99 1 ms\n`;
  return readRecordedTargets(evidenceOf({ files: { [path]: { head } } }), ['docs/adr/ADR-*.md'], [P99]);
}

describe('src/gates/benchmark/read-recorded-targets.ts', () => {
  test.each([
    ['a paragraph', 'The p99 stays under 120 ms, measured with `npm run bench`.', 120],
    ['an item', '- p99: 120.5ms', 120.5],
    ['a row', '| figure | target |\n|---|---|\n| p50 | 20 ms |\n| `p99` | 120 ms |', 120],
    ['upper case', 'P99 <= 120 MS', 120],
  ])('reads a target from %s', async (_, section, most) => {
    expect(await read(section)).toEqual([{ name: 'p99', most, path: PATH }]);
  });

  test.each([
    ['another figure', 'p99.9 stays under 120 ms, p90 under 50 ms.'],
    ['another unit', 'p99 stays under 120 seconds.'],
    ['a code block', '```\np99 120 ms\n```'],
    ['no number', 'The p99 is as it was.'],
  ])('reads none from %s', async (_, section) => {
    expect(await read(section)).toEqual([]);
  });

  test('reads no file that is no record', async () => {
    expect(await read('p99: 120 ms', 'docs/notes.md')).toEqual([]);
  });
});
