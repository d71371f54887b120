import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import { defineStepKind, type StepKind, type StepWorld } from '../../src/domain/step-kind.ts';
import { isMomentary, limitsOf, performStep } from '../../src/orchestration/perform-step.ts';
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
    gates: () => [],
    earlierSteps: () => [],
    perform,
  });
  return { ...(kind as StepKind), ...changes };
}

function toBench(kind: StepKind | undefined) {
  // No kind of these tests uses a verb.
  return { stepKind: () => kind, world: () => ({}) as StepWorld, log: SILENT };
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

describe('orchestration/perform-step: limits', () => {
  it('an attempt that asks a role waits for its limits; others do not', () => {
    const kind = aKind(() => Promise.reject(new Error('not performed')));
    expect(limitsOf(RUN, toBench(kind))).toEqual({ role: 'architect', repository: '901' });
    expect(limitsOf(RUN, toBench({ ...kind, role: () => null }))).toBeNull();
    expect(limitsOf(RUN, toBench({ ...kind, options: z.object({ x: z.int() }) }))).toBeNull();
    expect(limitsOf(RUN, toBench(undefined))).toBeNull();
  });

  it('an attempt that asks no role and no gate is over at once', () => {
    const kind = aKind(() => Promise.reject(new Error('not performed')));
    expect(isMomentary(RUN, toBench(kind))).toBe(false);
    expect(isMomentary(RUN, toBench({ ...kind, role: () => null }))).toBe(true);
    expect(isMomentary(RUN, toBench({ ...kind, role: () => null, gates: () => [USE] }))).toBe(false);
    expect(isMomentary(RUN, toBench(undefined))).toBe(false);
  });
});
