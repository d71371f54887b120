import { describe, expect, it } from 'vitest';
import { interventionOf } from '../../src/domain/intervention-of.ts';
import { repositorySettingsSchema } from '../../src/domain/repository-settings.ts';
import type { HeldRun } from '../../src/domain/run.ts';
import { aHeldRun, anEscalatedRun, aRunningRun, aSecurityHeldRun } from '../support/runs.ts';

/** Of a workflow that wants such issues. */
function wanting(run: HeldRun, delivery = {}): HeldRun {
  const workflow = { ...run.definition.workflow, interventionIssue: true };
  const settings = repositorySettingsSchema.parse({ delivery });
  return { ...run, settings, definition: { ...run.definition, workflow } };
}

function stopped(trigger: 'budget' | 'broken'): HeldRun {
  const run = wanting(anEscalatedRun());
  return run.hold.kind === 'escalation' ? { ...run, hold: { ...run.hold, trigger } } : run;
}

describe('src/domain/intervention-of', () => {
  it('is needed where the work was rejected too often, a tool does not work, or security halts it', () => {
    for (const run of [wanting(anEscalatedRun()), stopped('broken'), wanting(aSecurityHeldRun())]) {
      const { order, step, attempt } = run;
      expect(interventionOf(run)).toEqual({ run, key: `intervention:${order.id}:${step}:${attempt}` });
    }
  });

  it('is not needed for what is only a question, or ends by itself', () => {
    expect(interventionOf(wanting(aHeldRun()))).toBeNull();
    expect(interventionOf(stopped('budget'))).toBeNull();
    expect(interventionOf(aRunningRun())).toBeNull();
  });

  it('is for the workflow to want, and for the repository to decline', () => {
    expect(interventionOf(anEscalatedRun())).toBeNull();
    expect(interventionOf(wanting(anEscalatedRun(), { interventionIssue: false }))).toBeNull();
  });
});
