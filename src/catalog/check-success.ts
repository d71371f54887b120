import type { StepKind } from '../domain/step-kind.ts';
import type { Step, Workflow } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
import type { Entry } from './parse-data-file.ts';

/** Criteria of success are about steps and gates that the workflow has. */
export function checkSuccess(
  { value, source }: Entry<Workflow>,
  stepKinds: ReadonlyMap<string, StepKind>,
): readonly CatalogFault[] {
  const steps = value.steps.map(({ id }) => id);
  const gates = [...new Set(value.steps.flatMap((step) => gatesOf(step, stepKinds)))];
  return (value.success ?? []).flatMap((criterion, index) => {
    const [what, named, known] =
      'gates' in criterion
        ? (['gate', criterion.gates, gates] as const)
        : (['step', 'steps' in criterion ? criterion.steps : [criterion.approval], steps] as const);
    return named
      .filter((name) => !known.includes(name))
      .map((name) => ({
        file: source.file,
        ...source.locateText(['success', index], name),
        message: `there is no ${what} '${name}' in this workflow`,
        remedy: `Name ${known.join(', ')}.`,
      }));
  });
}

/** By the names of their check runs. */
function gatesOf(step: Step, stepKinds: ReadonlyMap<string, StepKind>): readonly string[] {
  const kind = stepKinds.get(step.kind);
  const options = kind?.options.safeParse(step.with);
  if (kind === undefined || options?.success !== true) {
    return [];
  }
  return [
    ...kind.gates(options.data).map(({ gate, name }) => name ?? gate),
    ...kind.branches(options.data).flatMap((branch) => gatesOf(branch, stepKinds)),
  ];
}
