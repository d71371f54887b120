import { describe, expect, it } from 'vitest';
import type { StepWorld } from '../../src/domain/step-kind.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { stepKind } from '../../src/steps/gates.ts';
import { aRunningRun } from '../support/runs.ts';

const pass: Verdict = { kind: 'pass', summary: 'good' };
const fail: Verdict = {
  kind: 'fail',
  summary: 'one test failed',
  findings: [{ message: 'not 400', severity: 'error' }],
};
const hold: Verdict = { kind: 'hold', summary: 'touches CI', findings: [] };
const broke: Verdict = { kind: 'broke', summary: 'timed out', remedy: 'Make it faster.' };
const missing: Verdict = { ...broke, permanent: true };
const skip: Verdict = { kind: 'skip', summary: 'no such script' };

async function perform(...verdicts: readonly Verdict[]) {
  const gates = verdicts.map((_verdict, index) => ({ gate: 'command', name: `gate-${index}`, with: {} }));
  const run = aRunningRun();
  const step = { id: 'gates', kind: 'gates', maxRejections: 3, with: {} };
  const world: Pick<StepWorld, 'judge'> = {
    judge: async (uses) =>
      uses.map(({ name }, index) => ({ gate: name, verdict: verdicts[index] ?? skip, durationMs: 1 })),
  };
  return await stepKind.perform({ run, step, options: { gates }, world: world as StepWorld });
}

describe('steps/gates', () => {
  it.each([
    ['all pass', [pass, pass], { kind: 'passed', summary: '2 gates passed' }],
    [
      'one does not apply',
      [pass, skip],
      { kind: 'passed', summary: '1 gate passed; 1 does not apply: gate-1' },
    ],
    ['none applies', [skip, skip], { kind: 'broke', retriable: false }],
    [
      'one fails, whatever else',
      [fail, broke, hold, pass],
      { kind: 'rejected', findings: [{ message: 'gate-0: not 400' }] },
    ],
    ['one breaks', [broke, hold, pass], { kind: 'broke', retriable: true, remedy: 'Make it faster.' }],
    ['one breaks for good', [missing, broke], { kind: 'broke', retriable: false }],
    ['one holds', [hold, pass], { kind: 'held', hold: { kind: 'security', shown: 'touches CI' } }],
  ])('%s', async (_title, verdicts, expected) => {
    expect(await perform(...verdicts)).toMatchObject(expected);
  });

  it('gives feedback for a failure without findings', async () => {
    expect(await perform({ ...fail, findings: [] })).toMatchObject({
      findings: [{ message: 'gate-0: one test failed', severity: 'error' }],
    });
  });

  it('refuses two gates of the same name', () => {
    const use = { gate: 'secrets' };
    expect(stepKind.options.safeParse({ gates: [use, use] }).success).toBe(false);
  });
});
