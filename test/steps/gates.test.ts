import { describe, expect, it } from 'vitest';
import type { Danger } from '../../src/domain/danger.ts';
import type { GateMode } from '../../src/domain/gate-mode.ts';
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

type InMode = Verdict & { readonly mode?: GateMode };

async function perform(...verdicts: readonly InMode[]) {
  const gates = verdicts.map((_verdict, index) => ({ gate: 'command', name: `gate-${index}`, with: {} }));
  const run = aRunningRun();
  const step = { id: 'gates', kind: 'gates', maxRejections: 3, with: {} };
  const world: Pick<StepWorld, 'judge'> = {
    judge: async (uses) =>
      uses.map(({ name }, index) => {
        const { mode = 'strict', ...verdict }: InMode = verdicts[index] ?? skip;
        return { gate: name, verdict, durationMs: 1, mode };
      }),
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

  it.each([
    ['a failure', fail],
    ['a hold', hold],
    ['a break', broke],
  ])('%s for information holds nothing up', async (_title, verdict) => {
    expect(await perform(pass, { ...verdict, mode: 'informational' })).toMatchObject({
      kind: 'passed',
      summary: '1 gate passed; 1 is for information: gate-1',
    });
  });

  it('what is only for information is no judgement', async () => {
    expect(await perform({ ...pass, mode: 'informational' })).toMatchObject({ kind: 'broke' });
  });

  it('gives feedback for a failure without findings', async () => {
    expect(await perform({ ...fail, findings: [] })).toMatchObject({
      findings: [{ message: 'gate-0: one test failed', severity: 'error' }],
    });
  });

  describe('with onFail: hold', () => {
    function performHolding(dangers: readonly (Danger | undefined)[], holdAt?: Danger[]) {
      const findings = dangers.map((danger) => ({
        message: 'a hole',
        severity: 'error' as const,
        ...(danger === undefined ? {} : { danger }),
      }));
      const verdict: Verdict = { kind: 'fail', summary: 'holes', findings };
      const world: Pick<StepWorld, 'judge'> = {
        judge: () => Promise.resolve([{ gate: 'scan', verdict, durationMs: 1 }]),
      };
      const use = { gate: 'command', name: 'scan', with: {}, onFail: 'hold' as const };
      const gates = [holdAt === undefined ? use : { ...use, holdAt }];
      const step = { id: 'gates', kind: 'gates', maxRejections: 3, with: {} };
      return stepKind.perform({ run: aRunningRun(), step, options: { gates }, world: world as StepWorld });
    }

    /** A scanner that has found the worst, beside another gate. */
    function performBeside(other: Verdict) {
      const findings = [{ message: 'a hole', severity: 'error' as const, danger: 'critical' as const }];
      const scan: Verdict = { kind: 'fail', summary: 'holes', findings };
      const world: Pick<StepWorld, 'judge'> = {
        judge: async (uses) =>
          [scan, other].map((verdict, index) => ({ gate: uses[index]?.name ?? '', verdict, durationMs: 1 })),
      };
      const gates = [
        { gate: 'command', name: 'scan', with: {}, onFail: 'hold' as const },
        { gate: 'command', name: 'other', with: {} },
      ];
      const step = { id: 'gates', kind: 'gates', maxRejections: 3, with: {} };
      return stepKind.perform({ run: aRunningRun(), step, options: { gates }, world: world as StepWorld });
    }

    it('the worst, also beside what could be sent back: no role mends it before somebody has seen it', async () => {
      expect(await performBeside(fail)).toMatchObject({
        kind: 'held',
        hold: {
          shown: 'holes\nother: one test failed',
          findings: [{ message: 'a hole' }, { message: 'other: not 400' }],
        },
      });
    });

    it('nothing while another gate is broken: nobody is asked to approve what is not yet judged', async () => {
      expect(await performBeside(broke)).toMatchObject({ kind: 'broke', retriable: true });
    });

    it.each([
      ['the worst', ['low', 'critical'], undefined, 'held'],
      ['bad ones', ['high'], undefined, 'held'],
      ['others', ['medium', 'low'], undefined, 'rejected'],
      ['some that nobody has graded, beside others', [undefined, 'low'], undefined, 'rejected'],
      ['what nobody has graded', [undefined], undefined, 'held'],
      ['what the workflow names', ['medium'], ['medium'], 'held'],
      ['what it does not name', ['high'], ['critical'], 'rejected'],
    ] as const)('%s', async (_, dangers, holdAt, kind) => {
      const outcome = await performHolding(dangers, holdAt === undefined ? undefined : [...holdAt]);
      expect(outcome.kind).toBe(kind);
    });
  });

  it('refuses two gates of the same name', () => {
    const use = { gate: 'secrets' };
    expect(stepKind.options.safeParse({ gates: [use, use] }).success).toBe(false);
  });
});
