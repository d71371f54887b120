import { describe, expect, it } from 'vitest';
import { buildBrief } from '../../src/domain/build-brief.ts';
import { conditionWords, isMet, unmetWords } from '../../src/domain/condition.ts';
import { type FactSpecs, toFactFaults } from '../../src/domain/fact.ts';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import type { Role } from '../../src/domain/role.ts';
import { isBegun } from '../../src/domain/run.ts';
import type { Definition } from '../../src/domain/workflow.ts';
import { anOrder, aWorkflow } from '../support/orders.ts';
import { approved, asked, designed, triaged } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';

const needed = { fact: 'dataModelChanges', is: true } as const;

/** The workflow with two conditional steps behind its architecture. */
function conditionalSteps(): Definition {
  const { steps, ...workflow } = aWorkflow();
  const conditional = ['database-design', 'migration-plan'].map((id) => ({
    id,
    kind: 'agent',
    maxRejections: 3,
    with: { role: 'database-architect' },
    when: needed,
  }));
  return {
    workflow: { ...workflow, steps: [...steps.slice(0, 2), ...conditional, ...steps.slice(2)] },
    roles: {},
  };
}

function designedWith(dataModelChanges?: boolean): OutcomeInput {
  return { ...designed, facts: dataModelChanges === undefined ? {} : { dataModelChanges } };
}

/** What the role is told whose turn it is then. */
function promptAfter(happenings: Parameters<typeof runAfter>[0]): string {
  const run = runAfter(happenings, anOrder(), conditionalSteps());
  if (run.state !== 'running') {
    throw new Error(`the run is ${run.state}`);
  }
  const role: Role = {
    name: 'implementer',
    description: 'Builds.',
    model: 'inherit',
    tools: [],
    brief: 'Build.',
  };
  const input = {
    role,
    report: 'work',
    access: 'write',
    timeoutMs: 1000,
    diff: '',
    turns: 60,
    token: 'f00d',
  } as const;
  return buildBrief(run, input).prompt;
}

describe('domain/condition', () => {
  it('compares with what was reported; what nobody reported is not met', () => {
    expect(isMet(undefined, {})).toBe(true);
    expect(isMet(needed, { dataModelChanges: true })).toBe(true);
    expect(isMet(needed, { dataModelChanges: 'true' })).toBe(false);
    expect(isMet(needed, {})).toBe(false);
    expect(isMet({ fact: 'constructor', is: true }, {})).toBe(false);
  });

  it('says what it depends on', () => {
    expect(conditionWords(needed)).toBe('if dataModelChanges');
    expect(conditionWords({ fact: 'errorArea', is: 'database' })).toBe('if errorArea is database');
    expect(unmetWords(needed, {})).toBe('nobody reported dataModelChanges');
    expect(unmetWords(needed, { dataModelChanges: false })).toBe('dataModelChanges is false');
    expect(unmetWords({ fact: 'errorArea', is: 'database' }, { errorArea: 'backend' })).toBe(
      'errorArea is backend, not database',
    );
  });
});

describe('domain/advance: conditional steps', () => {
  it('does a step whose condition holds', () => {
    const run = runAfter([triaged, designedWith(true)], anOrder(), conditionalSteps());
    expect(run).toMatchObject({ state: 'running', step: 'database-design', attempt: 1 });
  });

  it('passes over all steps whose condition does not hold, and records why', () => {
    const run = runAfter([triaged, designedWith(false)], anOrder(), conditionalSteps());
    expect(run).toMatchObject({ state: 'running', step: 'design-approval' });
    const skipped = isBegun(run) ? run.history.filter(({ outcome }) => outcome.kind === 'skipped') : [];
    expect(skipped.map(({ step, outcome }) => `${step}: ${outcome.summary}`)).toEqual([
      'database-design: dataModelChanges is false',
      'migration-plan: dataModelChanges is false',
    ]);
  });

  it('asks again when the run comes by again', () => {
    const back = {
      kind: 'reject',
      givenAt: '2026-03-02T09:58:00.000Z',
      reason: 'it does change the model',
    } as const;
    const run = runAfter(
      [triaged, designedWith(false), asked, back, designedWith(true)],
      anOrder(),
      conditionalSteps(),
    );
    expect(run).toMatchObject({ state: 'running', step: 'database-design', attempt: 2 });
  });

  it('hands on no result of a step that has been passed over since', () => {
    const plan = { kind: 'passed', summary: 'One more column.' } as const;
    const back = { kind: 'reject', givenAt: '2026-03-02T09:58:00.000Z', reason: 'no new column' } as const;
    const built = [triaged, designedWith(true), plan, plan, asked];
    expect(promptAfter([...built, approved()])).toContain('result of database-design');
    expect(promptAfter([...built, back, designedWith(false), asked, approved()])).not.toContain(
      'result of database-design',
    );
  });

  it('goes on from a decision of a person as well', () => {
    const { steps, ...workflow } = aWorkflow();
    const last = { id: 'context', kind: 'agent', maxRejections: 3, with: {}, when: needed };
    const definition = { workflow: { ...workflow, steps: [...steps.slice(0, 3), last] }, roles: {} };
    expect(runAfter([triaged, designed, asked, approved()], anOrder(), definition)).toMatchObject({
      state: 'succeeded',
    });
  });
});

describe('domain/fact', () => {
  it('names what is missing or of the wrong type', () => {
    const specs: FactSpecs = {
      dataModelChanges: { type: 'boolean', means: 'stored data or its form changes' },
      errorArea: { type: 'string', means: 'where it breaks', oneOf: ['backend', 'database'] },
      count: { type: 'number', means: 'how many' },
    };
    expect(
      toFactFaults(specs, { dataModelChanges: true, errorArea: 'database', count: 2, more: 'fine' }),
    ).toEqual([]);
    expect(toFactFaults(specs, { dataModelChanges: 'yes', count: 2 })).toEqual([
      'the fact dataModelChanges is a string and must be a boolean',
      'the fact errorArea (string) is missing',
    ]);
    expect(toFactFaults(specs, { dataModelChanges: true, errorArea: 'Database', count: 2 })).toEqual([
      'the fact errorArea is Database and must be one of backend, database',
    ]);
  });
});
