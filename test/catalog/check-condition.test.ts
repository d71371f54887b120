import { describe, expect, it } from 'vitest';
import { checkConditions } from '../../src/catalog/check-condition.ts';
import type { YamlSource } from '../../src/catalog/yaml-source.ts';
import type { StepKind } from '../../src/domain/step-kind.ts';
import { type Step, stepSchema } from '../../src/domain/workflow.ts';
import { stepKind as agent } from '../../src/steps/agent.ts';
import { stepKind as chooseWorkflow } from '../../src/steps/choose-workflow.ts';
import { stepKind as gates } from '../../src/steps/gates.ts';

const SOURCE: Pick<YamlSource, 'file' | 'locate'> = {
  file: 'workflows/x.yaml',
  locate: () => ({ line: 7, column: 5 }),
};
const stepKinds = new Map<string, StepKind>([
  ['agent', agent],
  ['choose-workflow', chooseWorkflow],
  ['gates', gates],
]);

function check(
  when: unknown,
  conditional: object = { kind: 'agent', with: { role: 'architect' } },
): string[] {
  const facts = {
    dataModelChanges: { type: 'boolean', means: 'stored data changes' },
    area: { type: 'string', means: 'where it breaks', oneOf: ['backend', 'database'] },
  };
  const steps: Step[] = [
    stepSchema.parse({ id: 'architecture', kind: 'agent', with: { role: 'architect', facts } }),
    stepSchema.parse({ id: 'database', when, ...conditional }),
  ];
  return checkConditions(SOURCE as YamlSource, { steps, index: 1, stepKinds }).map(
    ({ file, line, column, message, remedy }) => `${file}:${line}:${column}: ${message}. ${remedy}`,
  );
}

describe('src/catalog/check-condition', () => {
  it('accepts a fact that an earlier step reports', () => {
    expect(check({ fact: 'dataModelChanges', is: true })).toEqual([]);
  });

  it('names a fact that nobody reports, and those that are reported', () => {
    expect(check({ fact: 'mcpNeeded', is: true })).toEqual([
      'workflows/x.yaml:7:5: the condition depends on mcpNeeded, which no earlier step reports. Let an earlier agent step report it under `with.facts`, or use one of dataModelChanges, area.',
    ]);
  });

  it('names a value that the fact can never have', () => {
    expect(check({ fact: 'dataModelChanges', is: 'yes' })).toEqual([
      'workflows/x.yaml:7:5: dataModelChanges is a boolean, so it is never "yes". Compare it with a boolean.',
    ]);
  });

  it('names a value that is none of the choices', () => {
    expect(check({ fact: 'area', is: 'database' })).toEqual([]);
    expect(check({ fact: 'area', is: 'network' })).toEqual([
      'workflows/x.yaml:7:5: area is never "network". Compare it with one of backend, database.',
    ]);
  });

  it('names a text that a step reads and nobody reports', () => {
    function reading(task: string) {
      return check(undefined, { kind: 'choose-workflow', with: { role: 'lead', task } });
    }
    expect(reading('area')).toEqual([]);
    for (const task of ['nextTask', 'dataModelChanges']) {
      expect(reading(task)).toEqual([
        `workflows/x.yaml:7:5: it reads ${task}, which no earlier step reports as a string. Let an earlier agent step report it under \`with.facts\`.`,
      ]);
    }
  });

  it('lets no agent decide whether gates judge', () => {
    const judging = { kind: 'gates', with: { gates: [{ gate: 'secrets' }] } };
    expect(check({ fact: 'dataModelChanges', is: true }, judging)).toEqual([
      'workflows/x.yaml:7:5: gates cannot depend on what an agent reports, or on work that is sent back. Take `when` out: a gate that does not apply says so itself.',
    ]);
  });
});
