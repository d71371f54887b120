import { describe, expect, it } from 'vitest';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import { printRunState, toRunState } from '../../src/domain/run-state.ts';
import { sha } from '../support/orders.ts';
import { approved, asked, built, designed, failing, judged, triaged } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';
import { aHeldRun, aQueuedRun, aSucceededRun } from '../support/runs.ts';

function msBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}

describe('domain/run-state', () => {
  it('says of a run that waits for its turn that nothing is known', () => {
    const state = toRunState(aQueuedRun(), msBetween);
    expect(state).toMatchObject({
      state: 'queued',
      current_phase: null,
      gates_passed: [],
      rollback_points: {},
    });
    expect(state.metrics).toEqual({
      total_duration_seconds: 0,
      test_count: null,
      coverage_percent: null,
      vulture_dead_code_count: null,
    });
  });

  it('names the phase, the attempt, and the commits that one can go back to', () => {
    const run = runAfter([triaged, designed, asked, approved(), built(sha('b')), failing]);
    const state = toRunState(run, msBetween);
    expect(state).toMatchObject({ state: 'running', current_phase: 'implementation', attempt: 2 });
    expect(state.gates_passed).toEqual([]);
    expect(state.rollback_points).toMatchObject({
      implementation: `git:${sha('b')}`,
      pre_implementation: `git:${sha('b')}`,
    });
    expect(Object.keys(state.rollback_points)).toContain('architecture');
    expect(toRunState(aHeldRun(), msBetween).current_phase).toBe('design_approval');
  });

  it('counts tests, coverage and dead code by the newest word on each', () => {
    function judging(coveredLines: number, dead: number): OutcomeInput {
      const findings = Array.from({ length: dead }, () => ({ message: 'unused' }));
      return {
        ...judged,
        verdicts: [
          {
            gate: 'coverage',
            durationMs: 1,
            verdict: {
              kind: 'pass',
              summary: 'ok',
              tally: { tests: 47, coveredLines, lines: 200 },
            },
          },
          {
            gate: 'dead-code',
            durationMs: 1,
            verdict:
              dead === 0 ? { kind: 'pass', summary: 'none' } : { kind: 'fail', summary: 'some', findings },
          },
        ],
      };
    }
    const begun = [triaged, designed, asked, approved(), built(sha('b'))] as const;
    expect(toRunState(runAfter([...begun, judging(184, 0)]), msBetween).metrics).toMatchObject({
      test_count: 47,
      coverage_percent: 92,
      vulture_dead_code_count: 0,
    });
    expect(toRunState(runAfter([...begun, judging(50, 3)]), msBetween).metrics).toMatchObject({
      coverage_percent: 25,
      vulture_dead_code_count: 3,
    });
  });

  it('has passed gates and a whole duration at its end, and always the same words', () => {
    const run = aSucceededRun();
    const state = toRunState(run, msBetween);
    expect(state.gates_passed).toEqual(['gates']);
    expect(state.current_phase).toBeNull();
    expect(state.metrics.total_duration_seconds).toBeGreaterThan(0);
    expect(printRunState(run, msBetween)).toBe(printRunState(structuredClone(run), msBetween));
  });
});
