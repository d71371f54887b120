import { describe, expect, it } from 'vitest';
import type { WorkReport } from '../../src/domain/report.ts';
import type { Answer, StepWorld } from '../../src/domain/step-kind.ts';
import { stepKind as agent } from '../../src/steps/agent.ts';
import { sha } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const run = aRunningRun();
const step = { id: 'implementation', kind: 'agent', maxRejections: 3, with: {} };
const deferred = [{ title: 'Round', why: 'Not asked.', evidence: 'src/sum.ts:2', labels: ['money'] }];
const work: WorkReport = {
  kind: 'work',
  summary: 'Done.',
  details: 'Much.',
  facts: { dataModel: true },
  deferred,
};
const broke = { kind: 'broke', summary: 'no answer', remedy: 'Wait.', retriable: false } as const;
const refused: Answer<never> = { kind: 'refused', findings: [{ message: 'a link out', severity: 'error' }] };

/** A world in which the role answers this; it notes what was asked. */
function worldOf(answer: Answer) {
  const requests: unknown[] = [];
  const world: Pick<StepWorld, 'ask'> = {
    async ask(request) {
      requests.push(request);
      // The tests ask for the report that they give.
      return answer as never;
    },
  };
  return { requests, world: world as StepWorld };
}

function doWork(access: 'read' | 'write', answer: Answer) {
  const options = { role: 'implementer', access, facts: {}, show: 'folded', timeoutMinutes: 2 } as const;
  return agent.perform({ run, step, options, world: worldOf(answer).world });
}

describe('steps/agent', () => {
  it('asks for work within the time, and hands over what was reported', async () => {
    const { world, requests } = worldOf({ kind: 'reported', report: work, checkpoint: sha('b') });
    const options = {
      role: 'implementer',
      access: 'write',
      facts: {},
      show: 'folded',
      timeoutMinutes: 2,
    } as const;
    const { summary, details } = work;
    expect(await agent.perform({ run, step, options, world })).toEqual({
      kind: 'passed',
      summary,
      details,
      facts: {},
      deferred,
      checkpoint: sha('b'),
    });
    expect(requests).toEqual([
      { role: 'implementer', report: 'work', access: 'write', facts: {}, timeoutMs: 120_000 },
    ]);
  });

  it.each<[string, 'read' | 'write', Answer, object]>([
    ['a reader need not change anything', 'read', { kind: 'reported', report: work }, { kind: 'passed' }],
    [
      'a writer that changed nothing has not worked',
      'write',
      { kind: 'reported', report: work },
      { kind: 'broke', retriable: true },
    ],
    [
      'what must not be committed is told to the next attempt',
      'write',
      refused,
      { kind: 'broke', retriable: true, summary: expect.stringContaining('a link out') },
    ],
    ['a broken agent is a broken step', 'write', broke, broke],
  ])('%s', async (...[, access, answer, expected]) => {
    expect(await doWork(access, answer)).toMatchObject(expected);
  });
});

describe('steps/agent: facts', () => {
  const facts = { dataModelChanges: { type: 'boolean', means: 'stored data changes' } } as const;
  const options = { role: 'architect', access: 'read', facts, show: 'folded', timeoutMinutes: 2 } as const;

  it.each<[string, WorkReport['facts'], object]>([
    ['passes with the facts that were asked for', { dataModelChanges: false }, { kind: 'passed' }],
    [
      'changes no other fact',
      { dataModelChanges: true, complexFeature: false },
      { kind: 'passed', facts: { dataModelChanges: true } },
    ],
    [
      'does not count without them',
      {},
      { kind: 'broke', retriable: true, summary: expect.stringContaining('is missing') },
    ],
    ['does not count with a guess', { dataModelChanges: 'maybe' }, { kind: 'broke' }],
  ])('a report %s', async (_title, reported, expected) => {
    const { world } = worldOf({ kind: 'reported', report: { ...work, facts: reported } });
    const outcome = await agent.perform({ run, step, options, world });
    expect(outcome).toEqual(expect.objectContaining(expected));
  });
});
