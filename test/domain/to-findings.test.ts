import { describe, expect, test } from 'vitest';
import { toFindings } from '../../src/domain/to-findings.ts';
import { cpuMs } from '../support/cpu-ms.ts';

describe('src/domain/to-findings.ts', () => {
  test.each([
    ['tsc', "src/a.ts(3,7): error TS2322: Type 'x'.", 'src/a.ts', 3, "error TS2322: Type 'x'."],
    ['eslint unix', '  ./src/a.js:12:1: Unexpected var [no-var]', 'src/a.js', 12, 'Unexpected var [no-var]'],
    ['mypy', 'app/b.py:7: error: Missing type', 'app/b.py', 7, 'error: Missing type'],
    [
      'biome',
      'src/a.ts:1:7 lint/correctness/noUnusedVariables ━━━━━━━━━\n\n  ! This variable is unused.',
      'src/a.ts',
      1,
      'lint/correctness/noUnusedVariables: ! This variable is unused.',
    ],
    [
      'node --test',
      'test at test/api.test.ts:54:3\n✖ refuses page 0 (1.2ms)\n  AssertionError',
      'test/api.test.ts',
      54,
      '✖ refuses page 0 (1.2ms)',
    ],
    ['colours', '\u001b[31msrc/a.ts\u001b[0m:4:2: it is wrong', 'src/a.ts', 4, 'it is wrong'],
  ])('reads a place printed by %s', (...[, output, path, line, message]) => {
    expect(toFindings(output)).toEqual([{ path, line, message, severity: 'error' }]);
  });

  test.each([
    ['critical: unbounded reduce', 'critical'],
    ['[HIGH] shell=True', 'high'],
    ['Moderate - a weak hash', 'medium'],
    ['high time to mend this', undefined],
    ['error: critical section', undefined],
  ])('takes how bad it is from the first word: %s', (said, danger) => {
    expect(toFindings(`src/a.js:2: ${said}`)).toEqual([
      {
        path: 'src/a.js',
        line: 2,
        message: said,
        severity: 'error',
        ...(danger === undefined ? {} : { danger }),
      },
    ]);
  });

  test.each([
    ['a path outside the repository', '../../etc/passwd.txt:1:1: no'],
    ['an absolute path', '/etc/hosts.conf:1:1: no'],
    ['a URL', 'http://example.org:80:1 no'],
    ['a host and port', 'localhost:3000 is up'],
    ['line 0', 'src/a.ts:0:1: no'],
    ['a stack trace', '    at run (file:///srv/src/a.ts:1:2)'],
    ['prose', 'Note: 12:30 is late.'],
  ])('leaves out %s', (_, output) => {
    expect(toFindings(output)).toEqual([]);
  });

  test('says a thing once, and stops at 500', () => {
    const same = 'src/a.ts:1:1: no way\n'.repeat(10);
    const many = Array.from({ length: 600 }, (_, line) => `src/a.ts:${line + 1}:1: no way`).join('\n');
    expect(toFindings(same)).toHaveLength(1);
    expect(toFindings(many)).toHaveLength(500);
  });

  test.each([
    ['one long word', 'a'.repeat(2_000_000)],
    ['many dots', 'a.'.repeat(1_000_000)],
    ['many colour codes', '\u001b[1'.repeat(500_000)],
    ['many short lines', 'a.b:\n'.repeat(400_000)],
  ])('stays fast on %s', (_, output) => {
    const start = cpuMs();
    toFindings(output);
    expect(cpuMs() - start).toBeLessThan(500);
  });
});
