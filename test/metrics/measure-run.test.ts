import { describe, expect, test } from 'vitest';
import type { Run, RunningRun, StepRecord } from '../../src/domain/run.ts';
import type { KnownNames } from '../../src/metrics/known-names.ts';
import { measureCall } from '../../src/metrics/measure-call.ts';
import { measureRun } from '../../src/metrics/measure-run.ts';
import { measureWaking } from '../../src/metrics/measure-waking.ts';
import { BUCKETS } from '../../src/metrics/metric.ts';
import { printSeries } from '../../src/metrics/print-series.ts';
import { observe, sumUp } from '../../src/metrics/readings.ts';
import { aQueuedRun, aRunningRun, aSucceededRun } from '../support/runs.ts';
import { readSamples, sumOf } from '../support/scrape.ts';

const run = aSucceededRun();
const definition = 'definition' in run ? run.definition.workflow : { name: '', steps: [] };
const NAMES: KnownNames = {
  workflows: new Set([definition.name]),
  steps: new Set(definition.steps.map(({ id }) => id)),
  roles: new Set(['security']),
  gates: new Set(['tests']),
  securityGates: new Set(['security-scan']),
  models: new Set(['claude-sonnet-5-5']),
  members: new Set(['architect']),
};

function samplesOf(given: Run, names = NAMES) {
  const { sums, lasts } = measureRun(given, names);
  return readSamples(printSeries([...sums, ...lasts]));
}

describe('src/metrics', () => {
  test('a run that rejected twice and succeeded', () => {
    const samples = samplesOf(run);
    const workflow = definition.name;
    expect(sumOf(samples, 'baton_step_failures_total', { workflow, reason: 'rejected' })).toBe(2);
    expect(sumOf(samples, 'baton_step_attempts_total', { workflow, step: 'implementation' })).toBe(3);
    expect(sumOf(samples, 'baton_gate_verdicts_total', { gate: 'tests', verdict: 'fail' })).toBe(1);
    expect(sumOf(samples, 'baton_gate_verdicts_total', { gate: 'other' })).toBe(3);
    expect(sumOf(samples, 'baton_runs_ended_total', { workflow, state: 'succeeded' })).toBe(1);
  });

  test('what members of the team asked for, and what they did by themselves', () => {
    const task = { member: 'architect', task: definition.name };
    const asked = samplesOf({ ...run, order: { ...run.order, member: 'architect' } });
    expect(sumOf(samplesOf(run), 'baton_team_task_duration_seconds_count')).toBe(0);
    expect(sumOf(asked, 'baton_team_task_duration_seconds_count', task)).toBe(1);
    const waking = measureWaking({ member: 'gone', type: 'waking', durationMs: 1500 }, NAMES);
    expect(
      sumOf(readSamples(printSeries(waking)), 'baton_team_task_duration_seconds_sum', { member: 'other' }),
    ).toBe(1.5);
  });

  test('a run that has not begun gives nothing, and one of an unknown workflow is other', () => {
    expect(samplesOf(aQueuedRun())).toEqual([]);
    const unknown = samplesOf(run, { ...NAMES, workflows: new Set(), steps: new Set(), gates: new Set() });
    expect([
      ...new Set(unknown.flatMap(({ labels }) => [labels['workflow'], labels['step'], labels['gate']])),
    ]).toEqual(['other', undefined]);
  });

  test('roles that are asked again, weaknesses by severity, coverage of the newest report', () => {
    const base = aRunningRun();
    const record = base.history[0];
    if (record === undefined) {
      throw new Error('the run has no history');
    }
    function attempt(number: number, coveredLines: number): RunningRun['history'][number] {
      return {
        ...record,
        step: record?.step ?? '',
        head: base.head,
        startedAt: '2026-01-01T10:00:00.000Z',
        endedAt: '2026-01-01T10:00:30.000Z',
        attempt: number,
        outcome: {
          kind: 'rejected',
          summary: 'No.',
          findings: [],
          asked: [
            { role: 'security', runtime: 'claude', model: null, result: 'failed' },
            { role: 'security', runtime: 'codex', model: null, result: 'answered' },
          ],
          verdicts: [
            {
              gate: 'security-scan',
              durationMs: 1,
              verdict: {
                kind: 'fail',
                summary: 'Bad.',
                findings: [
                  { message: 'a', severity: 'error', danger: 'critical' },
                  { message: 'b', severity: 'warning' },
                ],
                tally: { tests: 3, coveredLines, lines: 200 },
              },
            },
          ],
        },
      };
    }
    const samples = samplesOf({ ...base, history: [attempt(1, 20), attempt(2, 150)] });
    expect(sumOf(samples, 'baton_role_attempts_total', { role: 'security', result: 'failed' })).toBe(2);
    expect(sumOf(samples, 'baton_role_retries_total', { role: 'security' })).toBe(1);
    expect(sumOf(samples, 'baton_findings_total', { about: 'security', severity: 'critical' })).toBe(2);
    expect(sumOf(samples, 'baton_findings_total', { about: 'security', severity: 'warning' })).toBe(2);
    expect(sumOf(samples, 'baton_coverage_ratio')).toBe(0.75);
    expect(sumOf(samples, 'baton_step_duration_seconds_sum')).toBe(60);
  });

  test('a rollback counts once, whether a person asked for it or a step gave up', () => {
    const base = aRunningRun();
    const [first] = base.history;
    if (first === undefined) {
      throw new Error('the run has no history');
    }
    function record(minutes: number, kind: 'passed' | 'rejected', undone: boolean): StepRecord {
      return {
        ...structuredClone(first),
        step: first?.step ?? '',
        attempt: 1,
        head: base.head,
        outcome: rejectedOr(kind),
        startedAt: `2026-01-01T10:0${minutes}:00.000Z`,
        endedAt: `2026-01-01T10:0${minutes}:30.000Z`,
        ...(undone ? { undone: true as const } : {}),
      };
    }
    function rejectedOr(kind: 'passed' | 'rejected'): StepRecord['outcome'] {
      return kind === 'passed'
        ? { kind, summary: 'Done.', verdicts: [], details: '', facts: {} }
        : { kind, summary: 'No.', verdicts: [], findings: [] };
    }
    const history = [record(1, 'passed', false), record(2, 'passed', true), record(4, 'rejected', false)];
    const byItself = samplesOf({ ...base, history });
    expect(sumOf(byItself, 'baton_rollbacks_total', { by: 'baton' })).toBe(1);
    const asked = { kind: 'rolled-back', at: '2026-01-01T10:03:00.000Z', step: 'x', reason: '' } as const;
    const interventions = [{ ...asked, by: base.order.requestedBy }];
    const byPerson = samplesOf({ ...base, history, interventions });
    expect(byPerson.filter(({ name }) => name === 'baton_rollbacks_total')).toEqual([
      { name: 'baton_rollbacks_total', labels: { workflow: definition.name, by: 'person' }, value: 1 },
    ]);
  });

  test('a histogram tells how many fell below each bound', () => {
    const readings = sumUp(
      [0.5, 1, 20, 1e9].flatMap((seconds) => [
        ...observe('baton_run_duration_seconds', { workflow: 'x' }, seconds),
      ]),
    );
    const samples = readSamples(printSeries(readings));
    const bounds = ['1', '5', '15', '60', '604800', '+Inf'];
    expect(bounds.map((le) => sumOf(samples, 'baton_run_duration_seconds_bucket', { le }))).toEqual([
      2, 2, 2, 3, 3, 4,
    ]);
    expect(sumOf(samples, 'baton_run_duration_seconds_count')).toBe(4);
    expect(samples).toHaveLength(BUCKETS.length + 3);
  });

  test('what a call to a model cost is not nothing when it is not known', () => {
    const call = {
      runId: 'r',
      repository: '1',
      subject: '1#1',
      step: 's',
      attempt: 1,
      model: 'a-model-of-a-repository',
      inputTokens: 10,
      cacheReadTokens: null,
      cacheWriteTokens: null,
      outputTokens: null,
      costUsd: null,
      countedTokens: 10,
      durationMs: 1,
    };
    const samples = readSamples(printSeries(measureCall(call, NAMES.models)));
    expect(samples.map(({ name, labels, value }) => [name, labels['model'], value])).toEqual([
      ['baton_model_calls_total', 'other', 1],
      ['baton_model_tokens_total', 'other', 10],
      ['baton_model_unpriced_calls_total', 'other', 1],
    ]);
  });

  test('text in a label cannot make a line of its own', () => {
    const text = printSeries([{ metric: 'baton_runs', labels: { state: 'a"} 1\nbaton_x 2\\' }, value: 1 }]);
    expect(text.split('\n').filter((line) => !line.startsWith('#') && line !== '')).toEqual([
      String.raw`baton_runs{state="a\"} 1\nbaton_x 2\\"} 1`,
    ]);
  });
});
