import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/domain/fact.ts';
import type { RunningRun } from '../../src/domain/run.ts';
import type { StepWorld } from '../../src/domain/step-kind.ts';
import { stepKind } from '../../src/steps/choose-workflow.ts';
import { aRunningRun } from '../support/runs.ts';

const STEP = { id: 'choice', kind: 'choose-workflow', maxRejections: 3, with: {} };
const OFFERS = [
  { name: 'backend-feature', description: 'Builds.' },
  { name: 'research', description: 'Looks up.' },
];
const NEXT = 'The sum is rounded.';

/** Performs the step with a lead that answers this; it notes what was asked. */
async function perform(
  answer: { readonly workflow?: string; readonly confidence?: number } = {},
  { task, facts = {} }: { readonly task?: string; readonly facts?: Facts } = {},
) {
  const requests: unknown[] = [];
  const { workflow = 'research', confidence = 0.9 } = answer;
  const world: Pick<StepWorld, 'ask' | 'workflows'> = {
    workflows: async () => OFFERS,
    async ask(request) {
      requests.push(request);
      const reasons = ['it says so'];
      const report = { kind: 'triage', type: 'research', confidence, reasons, workflow, facts: {} };
      // The test asks for the report that it gives.
      return { kind: 'reported', report } as never;
    },
  };
  const run: RunningRun = { ...aRunningRun(), facts };
  const options = stepKind.options.parse({ role: 'lead', ...(task === undefined ? {} : { task }) });
  const outcome = await stepKind.perform({ run, step: STEP, options, world: world as StepWorld });
  return { outcome, requests };
}

describe('steps/choose-workflow', () => {
  it('asks without any tool, and hands over what was chosen', async () => {
    const { outcome, requests } = await perform();
    expect(requests).toMatchObject([{ role: 'lead', report: 'triage', access: 'none', offers: OFFERS }]);
    expect(outcome).toMatchObject({
      kind: 'passed',
      chosen: { workflow: 'research', choice: { by: 'lead' } },
    });
    expect(outcome).not.toHaveProperty('chosen.task');
  });

  it('asks about one task, and says for which the choice is', async () => {
    const { outcome, requests } = await perform({}, { task: 'nextTask', facts: { nextTask: ` ${NEXT}\n` } });
    expect(requests).toMatchObject([{ task: NEXT }]);
    expect(outcome).toMatchObject({
      summary: `Research: research for ${NEXT}`,
      chosen: { workflow: 'research', task: NEXT },
    });
  });

  it('asks a person about the task when the lead is not sure', async () => {
    const given = { task: 'nextTask', facts: { nextTask: NEXT } };
    const { outcome } = await perform({ confidence: 0.4 }, given);
    expect(outcome).toMatchObject({
      kind: 'held',
      hold: {
        question: 'Which workflow does this task need?',
        options: [
          { leadsTo: { kind: 'start', workflow: 'research', task: NEXT } },
          { leadsTo: { kind: 'start', workflow: 'backend-feature', task: NEXT } },
          { leadsTo: { kind: 'cancel' } },
        ],
      },
    });
  });

  it.each<[string, Facts]>([
    ['nobody has named it', {}],
    ['it is empty', { nextTask: ' \n' }],
    ['it is no text', { nextTask: 3 }],
  ])('asks nobody about a task when %s', async (_, facts) => {
    const { outcome, requests } = await perform({}, { task: 'nextTask', facts });
    expect(requests).toEqual([]);
    expect(outcome).toMatchObject({ kind: 'broke', summary: expect.stringContaining('nextTask') });
  });

  it('refuses a workflow that was not offered, and names those that were', async () => {
    const { outcome } = await perform({ workflow: 'triage' });
    expect(outcome).toMatchObject({
      kind: 'broke',
      summary: 'lead named the workflow triage, which is none of backend-feature, research',
    });
  });
});
