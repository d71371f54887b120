import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import type { Run } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import { sha } from '../support/orders.ts';
import { happen } from '../support/run-after.ts';
import {
  aHeldRun,
  anEscalatedRun,
  aQueuedRun,
  aRunningRun,
  aSecurityHeldRun,
  aSucceededRun,
} from '../support/runs.ts';

const AT = '2026-03-02T09:58:00.000Z';

const RUNS = {
  queued: aQueuedRun(),
  running: aRunningRun(),
  approval: aHeldRun(),
  security: aSecurityHeldRun(),
  escalation: anEscalatedRun(),
  paused: happen(aRunningRun(), { kind: 'pause', reason: 'lunch' }).run,
  succeeded: aSucceededRun(),
} as const satisfies Record<string, Run>;
type State = keyof typeof RUNS;

const STATES: readonly State[] = [
  'queued',
  'running',
  'approval',
  'security',
  'escalation',
  'paused',
  'succeeded',
];

/** What each steer leads to in each state, in the order above; `-` changes nothing. */
const TABLE: readonly (readonly [title: string, steer: (run: Run) => Steer, leadsTo: readonly string[]])[] = [
  ['approve', approve, ['-', '-', 'next implementation 1', 'next review 1', '-', '-', '-']],
  [
    'reject',
    () => ({ kind: 'reject', givenAt: AT, reason: 'no' }),
    ['-', '-', 'return architecture 2', 'return implementation 2', '-', '-', '-'],
  ],
  ['choose 1', (run) => choose(run, 1), ['-', '-', '-', '-', 'return implementation 4', '-', '-']],
  ['choose 2', (run) => choose(run, 2), ['-', '-', '-', '-', 'next pull-request 1', '-', '-']],
  ['choose 3', (run) => choose(run, 3), ['-', '-', '-', '-', 'finish cancelled', '-', '-']],
  ['choose 4', (run) => choose(run, 4), ['-', '-', '-', '-', '-', '-', '-']],
  [
    'choose 1, by a button of an earlier question',
    (run) => ({ ...choose(run, 1), stamp: 'zzz' }),
    ['-', '-', '-', '-', '-', '-', '-'],
  ],
  ['retry', () => retry('again'), ['-', '-', '-', '-', 'return implementation 4', '-', '-']],
  [
    'retry, after a push',
    () => retry('', sha('e')),
    ['-', '-', 'repeat design-approval 2', 'repeat gates 2', 'return implementation 4', '-', '-'],
  ],
  ['retry of a step', () => retry('triage again'), ['-', '-', '-', '-', 'return triage 2', '-', '-']],
  [
    'retry of a step to come is guidance',
    () => retry('pull-request again'),
    ['-', '-', '-', '-', 'return implementation 4', '-', '-'],
  ],
  [
    'rollback to the first step',
    () => rollback('triage'),
    ['-', '-', 'next architecture 2', 'next architecture 2', 'next architecture 2', '-', '-'],
  ],
  [
    'rollback to the step that wrote',
    () => rollback('implementation'),
    ['-', '-', '-', 'next gates 2', 'next gates 4', '-', '-'],
  ],
  ['rollback to a step to come', () => rollback('pull-request'), ['-', '-', '-', '-', '-', '-', '-']],
  ['rollback to nowhere', () => rollback('deployment'), ['-', '-', '-', '-', '-', '-', '-']],
  ['pause', () => ({ kind: 'pause', reason: '' }), ['-', 'hold architecture 1', '-', '-', '-', '-', '-']],
  ['resume', () => ({ kind: 'resume' }), ['-', '-', '-', '-', '-', 'repeat architecture 1', '-']],
  [
    'another text of the issue',
    () => ({ kind: 'edited', givenAt: AT, differs: true }),
    [
      '-',
      'repeat architecture 1',
      'hold design-approval 1',
      'hold gates 1',
      'hold review 3',
      'hold architecture 1',
      '-',
    ],
  ],
  [
    'a push',
    () => ({ kind: 'moved', head: sha('e') }),
    ['-', '-', 'repeat design-approval 2', 'repeat gates 2', '-', '-', '-'],
  ],
  [
    'a merge by hand',
    () => ({ kind: 'merged' }),
    ['-', 'finish merged', 'finish merged', 'finish merged', 'finish merged', 'finish merged', '-'],
  ],
  [
    'cancel',
    () => ({ kind: 'cancel', reason: '' }),
    [
      'finish withdrawn',
      'finish cancelled',
      'finish cancelled',
      'finish cancelled',
      'finish cancelled',
      'finish cancelled',
      '-',
    ],
  ],
];

function headOf(run: Run): string | null {
  return 'head' in run && run.head !== run.base.sha ? run.head : null;
}

function approve(run: Run): Steer {
  return { kind: 'approve', givenAt: AT, head: headOf(run) };
}

function choose(run: Run, option: number): Extract<Steer, { kind: 'choose' }> {
  return { kind: 'choose', givenAt: AT, option, head: headOf(run) };
}

function retry(guidance: string, head?: string): Steer {
  return { kind: 'retry', givenAt: AT, guidance, ...(head === undefined ? {} : { head }) };
}

function rollback(step: string): Steer {
  return { kind: 'rollback', step, guidance: '' };
}

function toWords({ kind, run }: Decision): string {
  if (kind === 'ignore') {
    return '-';
  }
  return kind === 'finish' ? `finish ${run.state}` : `${kind} ${run.step} ${run.attempt}`;
}

describe('domain/advance: every steer in every state', () => {
  it.each(
    TABLE.flatMap(([title, steer, leadsTo]) =>
      STATES.map((state, index) => [title, state, steer, leadsTo[index] ?? ''] as const),
    ),
  )('%s, when %s', (_title, state, steer, expected) => {
    const run = RUNS[state];
    const decision = happen(run, steer(run));
    expect(toWords(decision)).toBe(expected);
    if (decision.kind === 'ignore') {
      expect(decision.run).toBe(run);
      expect(decision.why).toMatch(/^[A-Z].*\.$/);
    }
  });
});
