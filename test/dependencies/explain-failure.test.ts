import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../src/dependencies/explain-failure.ts';
import type { EgressReport } from '../../src/domain/egress-report.ts';
import type { CommandResult, OverLimit } from '../../src/domain/evidence.ts';

const QUIET: EgressReport = { refused: [], cutOff: [], unreachable: [], bytes: 0 };
const NOTE = [{ target: 'a.example:443', why: 'of some reason' }];

function exited(code: number, output = 'the end'): CommandResult {
  return { kind: 'exited', code, output, durationMs: 1 };
}

function toOver(limit: OverLimit['limit']): OverLimit {
  const words = { reason: 'It went over a limit.', remedy: 'Take less.' };
  return { kind: 'over-limit', limit, ...words, output: '', durationMs: 1 };
}

describe('dependencies/explain-failure', () => {
  it('has nothing to say when it went well, whatever was refused', () => {
    const report = { ...QUIET, refused: NOTE, unreachable: NOTE };
    expect(explainFailure(exited(0), { command: 'npm ci', report })).toBeNull();
  });

  it.each<[string, CommandResult, Partial<EgressReport>, RegExp, boolean]>([
    [
      'a refusal first',
      exited(1),
      { refused: NOTE, unreachable: NOTE },
      /a\.example:443.* refused: of some/,
      false,
    ],
    [
      'the network',
      exited(1),
      { unreachable: NOTE, cutOff: NOTE },
      /a\.example:443 could not be reached/,
      true,
    ],
    ['a limit', exited(1), { cutOff: NOTE }, /a\.example:443 was cut off: of some reason/, true],
    ['time', { kind: 'timed-out', output: '', durationMs: 9 }, {}, /did not end in time/, true],
    ['a missing program', exited(127), {}, /program.* is missing/, false],
    ['a program that does not run', exited(126), {}, /program.* is missing/, false],
    ['the command', exited(3), {}, /ended with 3/, false],
    [
      'the sandbox',
      { kind: 'unavailable', reason: 'no sandbox', remedy: 'Install it.' },
      {},
      /no sandbox/,
      false,
    ],
    ['what is not counted', toOver('uncounted'), {}, /over a limit/, true],
    ['what takes too much', toOver('memory'), {}, /over a limit/, false],
  ])('blames %s', (_, result, changes, summary, retriable) => {
    const failed = explainFailure(result, { command: 'npm ci', report: { ...QUIET, ...changes } });
    expect(failed).toMatchObject({ summary: expect.stringMatching(summary), retriable });
    expect(failed?.remedy).not.toBe('');
  });

  it('shows the command and the end of what it said', () => {
    const failed = explainFailure(exited(1, `${'x'.repeat(10_000)}the end`), {
      command: 'npm ci',
      report: QUIET,
    });
    expect(failed?.output).toMatch(/^\$ npm ci\nx+the end$/);
    expect(failed?.output?.length).toBeLessThan(3_000);
  });
});
