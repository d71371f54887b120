import type { DefinedStep, Definition } from './workflow.ts';

/** A workflow with another one put in. */
export interface Spliced {
  readonly definition: Definition;
  /** What was put in, without what the host does itself. */
  readonly steps: readonly DefinedStep[];
  /** The steps that are there no more: whatever they chose has gone with them. */
  readonly removed: ReadonlySet<string>;
  /** The host does nothing but choose, so it has become the chosen one. */
  readonly isMereChoice: boolean;
}

/**
 * Puts the steps of a chosen workflow in after the step that chose. What that step chose before is replaced, with all
 * that was chosen in it. A workflow that only chooses becomes the chosen one; one with steps of its own opens its own
 * pull request. Throws when both have a step of the same name.
 */
export function spliceChoice(host: Definition, step: string, chosen: Definition): Spliced {
  const removed = findChosen(host.workflow.steps, step);
  const own = host.workflow.steps.filter(({ id }) => !removed.has(id));
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
    definition: {
      workflow: { ...named, steps: [...own.slice(0, at), ...steps, ...own.slice(at)] },
      roles: { ...host.roles, ...chosen.roles },
      setups: { ...host.setups, ...chosen.setups },
    },
    steps,
    removed,
    isMereChoice,
  };
}

/** The steps that a step has put in, with those that they have put in. */
function findChosen(steps: readonly DefinedStep[], by: string): ReadonlySet<string> {
  const found = new Set<string>();
  // Whoever was chosen stands behind who chose it.
  for (const { id, chosenBy } of steps) {
    if (chosenBy !== undefined && (chosenBy === by || found.has(chosenBy))) {
      found.add(id);
    }
  }
  return found;
}
