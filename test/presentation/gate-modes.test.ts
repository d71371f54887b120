import { describe, expect, it } from 'vitest';
import { recordedOutcomeSchema } from '../../src/domain/outcome.ts';
import type { GateVerdict, Verdict } from '../../src/domain/verdict.ts';
import { gateChecks } from '../../src/presentation/gate-checks.ts';
import { gateModeWords } from '../../src/presentation/gate-mode-words.ts';
import { sha } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const FAIL: Verdict = { kind: 'fail', summary: 'Bad.', findings: [{ message: 'x', severity: 'error' }] };
const HOLD: Verdict = { kind: 'hold', summary: 'Ask.', findings: [] };
const BROKE: Verdict = { kind: 'broke', summary: 'No linter.', remedy: 'Install it.' };

function checkOf(judged: Omit<GateVerdict, 'gate' | 'durationMs'>) {
  const at = '2026-01-01T00:00:00.000Z';
  const outcome = recordedOutcomeSchema.parse({
    kind: 'passed',
    summary: 'fine',
    verdicts: [{ gate: 'lint', durationMs: 1, ...judged }],
  });
  const record = { step: 'gates', attempt: 1, head: sha('d'), startedAt: at, endedAt: at };
  const run = aRunningRun();
  return gateChecks({ ...run, head: sha('d'), history: [{ ...record, outcome }] })[0];
}

describe('presentation/gate-mode-words', () => {
  it('says nothing of a strict gate', () => {
    expect(gateModeWords({ gate: 'a', verdict: FAIL, durationMs: 1 })).toBe('');
    expect(gateModeWords({ gate: 'a', verdict: FAIL, durationMs: 1, mode: 'strict' })).toBe('');
  });

  it.each([
    ['fail', FAIL],
    ['hold', HOLD],
    ['broke', BROKE],
  ])('an informational gate that says %s is neutral, and asks nobody', (_, verdict) => {
    const check = checkOf({ verdict, mode: 'informational' });
    expect(check).toMatchObject({ conclusion: 'neutral', actions: [] });
    expect(check).toMatchObject({ summary: expect.stringContaining('holds nothing up') });
    expect(check).not.toMatchObject({ summary: expect.stringMatching(/is no pass|needs a release/) });
  });

  it('a tool that broke is shown as broken, whatever the mode', () => {
    expect(checkOf({ verdict: BROKE, mode: 'informational' })).toMatchObject({
      title: 'Could not run: No linter.',
    });
  });

  it('an informational gate that passes is green', () => {
    expect(checkOf({ verdict: { kind: 'pass', summary: 'Good.' }, mode: 'informational' })).toMatchObject({
      conclusion: 'success',
    });
  });

  it('counts what is old and what is new', () => {
    const compared = { old: 3, new: 1 };
    expect(checkOf({ verdict: FAIL, mode: 'regression-only', compared })).toMatchObject({
      conclusion: 'failure',
      summary: expect.stringContaining('Old findings: 3. New: 1.'),
    });
  });
});
