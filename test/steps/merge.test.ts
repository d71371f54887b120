import { describe, expect, it } from 'vitest';
import { type OutcomeInput, outcomeSchema, type Part } from '../../src/domain/outcome.ts';
import type { RunningRun } from '../../src/domain/run.ts';
import type { MergeRequest, Merging, StepWorld } from '../../src/domain/step-kind.ts';
import { stepKind as gates } from '../../src/steps/gates.ts';
import { stepKind } from '../../src/steps/merge.ts';
import { sha } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const API: Part = { step: 'build-api', title: 'api', commit: sha('1') };
const WEB: Part = { step: 'build-web', title: 'web', commit: sha('2') };

/** A run in which `build` has written two parts, and `merge` has merged them into `head`. */
function runWith(merged: readonly Part[], head = sha('d')): RunningRun {
  const run = aRunningRun();
  return {
    ...run,
    head,
    history: [
      toRecord(run, 'build', { parts: [API, WEB] }),
      ...(merged.length === 0 ? [] : [toRecord(run, 'merge', { parts: [...merged], checkpoint: head })]),
    ],
  };
}

type Passed = Extract<OutcomeInput, { kind: 'passed' }>;

function toRecord(run: RunningRun, step: string, outcome: Partial<Passed>): RunningRun['history'][number] {
  return {
    step,
    attempt: 1,
    head: sha('b'),
    startedAt: run.since,
    endedAt: run.since,
    outcome: outcomeSchema.parse({ kind: 'passed', summary: 'done', ...outcome }),
  };
}

async function perform(merging: Merging, parts = [API, WEB]) {
  const asked: MergeRequest[] = [];
  const world: Pick<StepWorld, 'merge'> = {
    async merge(request) {
      asked.push(request);
      return merging;
    },
  };
  const run = parts.length === 0 ? aRunningRun() : runWith([]);
  const step = { id: 'merge', kind: 'merge', maxRejections: 3, with: {} };
  const options = stepKind.options.parse({ of: 'build', role: 'synthesis-architect' });
  // What a merge step uses of the world is the merge alone.
  return { outcome: await stepKind.perform({ run, step, options, world: world as StepWorld }), asked };
}

describe('steps/merge', () => {
  it('merges what the step before wrote, in its order, and seals it', async () => {
    const merges = [
      { ...API, commit: sha('c') },
      { ...WEB, commit: sha('d') },
    ];
    const { outcome, asked } = await perform({
      kind: 'merged',
      merges,
      settled: ['web'],
      checkpoint: sha('d'),
    });
    expect(asked).toEqual([
      { parts: [API, WEB], role: 'synthesis-architect', tries: 2, timeoutMs: 1_800_000 },
    ]);
    expect(outcome).toEqual({
      kind: 'passed',
      summary: 'merged api, web; conflicts were settled in web',
      checkpoint: sha('d'),
      parts: merges,
    });
  });

  it('asks a person with both sides when nobody could settle it', async () => {
    const conflicts = [{ path: 'a.ts', hunks: ['<<<<<<<\n1\n=======\n2\n>>>>>>>'] }];
    const { outcome } = await perform({
      kind: 'conflict',
      part: WEB,
      conflicts,
      why: ['no file was changed'],
    });
    expect(outcome).toMatchObject({
      kind: 'held',
      summary: 'web conflicts with what was merged before it, in a.ts',
      hold: {
        kind: 'escalation',
        trigger: 'conflict',
        shown: expect.stringContaining('- no file was changed'),
      },
    });
  });

  it('does not pass when there is nothing to merge', async () => {
    const { outcome, asked } = await perform(
      { kind: 'merged', merges: [], settled: [], checkpoint: sha('d') },
      [],
    );
    expect(outcome).toMatchObject({ kind: 'broke', retriable: false });
    expect(asked).toEqual([]);
  });
});

describe('steps/gates: whose merge made it red', () => {
  const merges = ['c', 'd', 'e', 'f'].map((letter, index) => ({
    step: `build-${index}`,
    title: `part ${index}`,
    commit: sha(letter),
  }));

  async function blame(firstRed: string | null, head = sha('f')) {
    const judged: string[] = [];
    const world: Pick<StepWorld, 'judge'> = {
      async judge(uses, at = head) {
        judged.push(at.slice(0, 1));
        const red = firstRed !== null && at.slice(0, 1) >= firstRed;
        return uses.map(({ name }) => ({
          gate: name,
          durationMs: 1,
          verdict: red ? { kind: 'fail', summary: 'red', findings: [] } : { kind: 'pass', summary: 'green' },
        }));
      },
    };
    const options = gates.options.parse({
      gates: [{ gate: 'script', name: 'tests', with: { command: 'npm test' } }],
      blame: 'merge',
    });
    const step = { id: 'gates', kind: 'gates', maxRejections: 3, with: {} };
    const run = { ...runWith(merges), head };
    // What a gates step uses of the world is the judgement alone.
    const outcome = await gates.perform({ run, step, options, world: world as StepWorld });
    return {
      findings: outcome.kind === 'rejected' ? outcome.findings.map(({ message }) => message) : [],
      judged,
    };
  }

  it('names the first that fails, by bisection', async () => {
    const { findings, judged } = await blame('e');
    expect(findings[0]).toBe('tests: it fails since part 2 was merged; before that it did not');
    expect(judged).toEqual(['f', 'b', 'd', 'e']);
  });

  it('says that it was red before', async () => {
    expect((await blame('a')).findings[0]).toBe('tests: it failed before anything was merged');
  });

  it('blames nobody when all is green, or something was written since', async () => {
    expect(await blame(null)).toEqual({ findings: [], judged: ['f'] });
    expect((await blame('0', sha('9'))).judged).toEqual(['9']);
  });
});
