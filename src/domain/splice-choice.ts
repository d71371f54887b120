import type { DefinedStep, Definition } from './workflow.ts';

/**
 * The definition with the steps of a chosen workflow put in after the step that chose. What that step chose before is
 * replaced. A workflow that only chooses becomes the chosen one; one with steps of its own opens its own pull request.
 * Throws when both have a step of the same name.
 */
export function spliceChoice(host: Definition, step: string, chosen: Definition): Definition {
  const own = host.workflow.steps.filter(({ chosenBy }) => chosenBy !== step);
  const at = own.findIndex(({ id }) => id === step) + 1;
  const isMereChoice = own.length === at;
  const steps: DefinedStep[] = chosen.workflow.steps
    .filter(({ kind }) => isMereChoice || kind !== 'pull-request')
    .map((taken) => ({ ...taken, chosenBy: step }));
  const twice = steps.find(({ id }) => own.some((other) => other.id === id));
  if (twice !== undefined) {
    throw new RangeError(
      `${host.workflow.name} and ${chosen.workflow.name} both have a step ${twice.id}; give one of them another id`,
    );
  }
  const named = isMereChoice ? chosen.workflow : host.workflow;
  return {
    workflow: { ...named, steps: [...own.slice(0, at), ...steps, ...own.slice(at)] },
    roles: { ...host.roles, ...chosen.roles },
  };
}
