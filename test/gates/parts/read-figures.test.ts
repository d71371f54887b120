import { describe, expect, test } from 'vitest';
import { readFigures } from '../../../src/gates/parts/read-figures.ts';

function read(output: string) {
  return Object.fromEntries(
    [...readFigures(output)].map(([name, { value, unit }]) => [name, `${value} ${unit}`.trim()]),
  );
}

describe('src/gates/parts/read-figures.ts', () => {
  test('reads lines with a name, a number and a unit, and times in one unit', () => {
    expect(
      read('list orders: 12.3 ms\r\nsave:2s\n  hash : 500 µs\nthroughput: 1200 req/s\nheap: 30 MB\n'),
    ).toEqual({
      'list orders': '12.3 ms',
      save: '2000 ms',
      hash: '0.5 ms',
      throughput: '1200 req/s',
      heap: '30 MB',
    });
  });

  test('reads a JSON object of numbers in the last line, and then nothing else', () => {
    expect(read('orders: 12 ms\n{"orders": 12.5, "users": 3}\n\n')).toEqual({ orders: '12.5', users: '3' });
  });

  test('takes no other line of a log for a figure', () => {
    expect(
      read(
        'port: 8080\nTests: 12 passed\n# duration_ms 12\nat 10:30: 5\norders: -3 ms\n{"ok": true}\n[1]\nx: 1e9 ms',
      ),
    ).toEqual({});
  });

  test('reads colours as what they are', () => {
    expect(read('\u001b[32morders: 12 ms\u001b[0m')).toEqual({ orders: '12 ms' });
  });

  test('takes at most fifty, and no long name', () => {
    const lines = Array.from({ length: 80 }, (_, index) => `n${index}: 1 ms`);
    expect(readFigures(lines.join('\n')).size).toBe(50);
    expect(read(`${'n'.repeat(81)}: 1 ms`)).toEqual({});
  });
});
