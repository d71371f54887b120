import type { FactSpecs } from '../domain/fact.ts';
import type { StepKind } from '../domain/step-kind.ts';
import type { Step } from '../domain/workflow.ts';

/** The facts that a step reports whenever it passes, with those of its branches. */
export function factsOf(step: Step, stepKinds: ReadonlyMap<string, StepKind>): FactSpecs {
  const kind = stepKinds.get(step.kind);
  const options = kind?.options.safeParse(step.with);
  // Options that are wrong are a fault of their own.
  if (kind === undefined || options?.success !== true) {
    return {};
  }
  const branches = kind.branches(options.data).map((branch) => factsOf(branch, stepKinds));
  return Object.assign({}, kind.facts(options.data), ...branches);
}
