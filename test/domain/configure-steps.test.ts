import { describe, expect, it } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { configureSteps } from '../../src/domain/configure-steps.ts';
import { repositorySettingsSchema } from '../../src/domain/repository-settings.ts';

const definition = (await readCatalog({ directory: '.' })).define('delivery');

function configured(delivery: Readonly<Record<string, unknown>>) {
  const { workflow } = configureSteps(definition, repositorySettingsSchema.parse({ delivery }));
  return (id: string) => workflow.steps.find((step) => step.id === id);
}

describe('domain/configure-steps', () => {
  it('leaves everything as it is when nothing is set', () => {
    expect(configureSteps(definition, repositorySettingsSchema.parse({}))).toEqual(definition);
  });

  it('maxRetries is how often the code may fail', () => {
    expect(configured({ maxRetries: 4 })('implementation-gates')).toMatchObject({ maxRejections: 4 });
  });

  it('latencyTargetMs is the target of p99', () => {
    const step = configured({ latencyTargetMs: 250 })('performance-gates');
    expect(step?.with['gates']).toContainEqual(
      expect.objectContaining({
        name: 'performance',
        with: expect.objectContaining({ targets: { p99: 250 } }),
      }),
    );
  });

  it.each([
    [true, 'hold'],
    [false, 'reject'],
  ])('securityBlockOnCritical: %s, a critical finding is a %s', (securityBlockOnCritical, onFail) => {
    const step = configured({ securityBlockOnCritical })('security-gates');
    expect(step?.with['gates']).toContainEqual(expect.objectContaining({ name: 'security-scan', onFail }));
  });

  it('rollbackOnTestFailure: without it, failed code goes to a person', () => {
    expect(configured({ rollbackOnTestFailure: false })('implementation-gates')?.rethink?.atMost).toBe(0);
    expect(configured({ rollbackOnTestFailure: true })('implementation-gates')?.rethink?.atMost).toBe(2);
  });

  it('requireIntegrationTests makes the gate count', () => {
    const step = configured({ requireIntegrationTests: true })('test-definition-gates');
    expect(step?.with['gates']).toContainEqual({ gate: 'integration-tests', with: { required: true } });
  });

  it('reviewAdr turns the approval of the record on', () => {
    expect(configured({})('adr-approval')).toMatchObject({ enabled: false });
    expect(configured({ reviewAdr: true })('adr-approval')).toMatchObject({ enabled: true });
  });

  it('says which step sets what it does not have', () => {
    const steps = definition.workflow.steps.map((step) => ({
      ...step,
      set: { 'with/nothing': { setting: 'maxRetries' } } as const,
    }));
    const wrong = { ...definition, workflow: { ...definition.workflow, steps } };
    const settings = repositorySettingsSchema.parse({ delivery: { maxRetries: 3 } });
    expect(() => configureSteps(wrong, settings)).toThrow('The step criteria sets with/nothing');
  });
});
