import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import { stepOf } from '../../src/domain/progress.ts';
import { defineStepKind, type StepKind, type StepWorld } from '../../src/domain/step-kind.ts';
import { stepSchema } from '../../src/domain/workflow.ts';
import { branchesOf, callsOf, isMomentary, performStep } from '../../src/orchestration/perform-step.ts';
import { SILENT } from '../support/examples.ts';
import { aRunningRun } from '../support/runs.ts';

/** In its step `architecture` of kind `agent`. */
const RUN = aRunningRun();
const USE = { gate: 'secrets', name: 'secrets', with: {} };

function aKind(perform: () => Promise<OutcomeInput>, changes: Partial<StepKind> = {}): StepKind {
  const options = z.strictObject({ role: z.string() });
  const kind = defineStepKind({
    name: 'agent',
    summary: 'Any.',
    options,
    role: ({ role }) => role,
    perform,
  });
  return { ...(kind as StepKind), ...changes };
}

function toBench(kind: StepKind | undefined) {
  // No kind of these tests uses a verb.
  return {
    stepKind: () => kind,
    world: () => ({
      verbs: {} as StepWorld,
      used: () => ({ usage: null, refusal: null, crash: null, asked: [] }),
    }),
    afterCrash: () => {
      throw new Error('no agent is asked');
    },
    log: SILENT,
  };
}

async function attempt(kind: StepKind | undefined, signal = new AbortController().signal) {
  return await performStep(RUN, signal, toBench(kind));
}

describe('orchestration/perform-step', () => {
  it('gives the outcome in full', async () => {
    expect(await attempt(aKind(async () => ({ kind: 'passed', summary: 'done' })))).toEqual({
      kind: 'passed',
      summary: 'done',
      details: '',
      facts: {},
      verdicts: [],
    });
  });

  it.each<[string, StepKind | undefined, string]>([
    ['throws', aKind(() => Promise.reject(new Error('no disk'))), 'no disk'],
    ['gives what is no outcome', aKind(async () => ({ kind: 'fine' }) as unknown as OutcomeInput), ''],
    [
      'does not take its options',
      aKind(async () => ({ kind: 'passed', summary: '' }), { options: z.object({ x: z.int() }) }),
      '',
    ],
    ['nobody has any more', undefined, 'no step kind agent'],
  ])('a kind that %s has broken, and never passes', async (_title, kind, words) => {
    expect(await attempt(kind)).toMatchObject({ kind: 'broke', summary: expect.stringContaining(words) });
  });

  it.each<[string, () => Promise<OutcomeInput>]>([
    ['answered', async () => ({ kind: 'passed', summary: 'half' })],
    ['threw', () => Promise.reject(new Error('killed'))],
  ])('what it %s after its abort does not count', async (_title, work) => {
    const stop = new AbortController();
    const kind = aKind(async () => {
      stop.abort();
      return await work();
    });
    expect(await attempt(kind, stop.signal)).toBe('aborted');
  });
});

describe('orchestration/perform-step: calls', () => {
  const unasked = aKind(() => Promise.reject(new Error('not performed')));

  it('an attempt that asks a role is one call, which waits for its limits; others are none', () => {
    const limits = { role: 'architect', repository: '901' };
    expect(callsOf(RUN, toBench(unasked))).toEqual([{ run: RUN, limits }]);
    expect(callsOf(RUN, toBench({ ...unasked, role: () => null }))).toEqual([]);
    expect(callsOf(RUN, toBench({ ...unasked, options: z.object({ x: z.int() }) }))).toEqual([]);
    expect(callsOf(RUN, toBench(undefined))).toEqual([]);
  });

  it('branches are calls side by side, each at its own step', () => {
    const branches = ['research', 'design'].map((id) =>
      stepSchema.parse({ id, kind: 'agent', with: { role: `role-of-${id}` } }),
    );
    const parallel: StepKind = { ...unasked, role: () => null, branches: () => branches };
    const bench = {
      stepKind: (name: string) => (name === 'parallel' ? parallel : unasked),
    };
    const { definition } = RUN;
    const steps = definition.workflow.steps.map((step) =>
      step.id === RUN.step ? { ...step, kind: 'parallel' } : step,
    );
    const workflow = { ...definition.workflow, steps };
    const run = { ...RUN, definition: { ...definition, workflow } };
    expect(branchesOf(run, bench)).toEqual(branches);
    expect(isMomentary(run, bench)).toBe(false);
    const calls = callsOf(run, bench);
    expect(calls.map(({ limits }) => limits.role)).toEqual(['role-of-research', 'role-of-design']);
    expect(calls.map((call) => stepOf(call.run, call.run.step).id)).toEqual(['research', 'design']);
    expect(calls.map((call) => call.run.attempt)).toEqual([run.attempt, run.attempt]);
  });

  it('an attempt that asks no role and no gate is over at once', () => {
    const kind = aKind(() => Promise.reject(new Error('not performed')));
    expect(isMomentary(RUN, toBench(kind))).toBe(false);
    expect(isMomentary(RUN, toBench({ ...kind, role: () => null }))).toBe(true);
    expect(isMomentary(RUN, toBench({ ...kind, role: () => null, gates: () => [USE] }))).toBe(false);
    expect(isMomentary(RUN, toBench(undefined))).toBe(false);
  });
});
