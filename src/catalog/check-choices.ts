import type { StepKind } from '../domain/step-kind.ts';
import type { Workflow } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
import { findChooser, isMereChoice, mayBeChosen } from './may-be-chosen.ts';
import type { Entry } from './parse-data-file.ts';

/**
 * Whether every workflow can be put in where another one chooses: their steps are then one list, in which no id may
 * stand twice. Of two that do not fit, the later is at fault: a repository's own, when the other is the server's.
 */
export function checkChoices(
  workflows: readonly Entry<Workflow>[],
  stepKinds: ReadonlyMap<string, StepKind>,
): readonly CatalogFault[] {
  return workflows.flatMap((host, index) => {
    const others =
      findChooser(host.value, stepKinds) === -1
        ? []
        : workflows.filter(({ value }) => mayBeChosen(host.value, value, stepKinds));
    return others.flatMap((taken) => {
      const [late, early] = workflows.indexOf(taken) > index ? [taken, host] : [host, taken];
      return listShared(host.value, taken.value, stepKinds).map((id) => toFault(id, late, early));
    });
  });
}

/** A workflow with steps after the choice opens its own pull request, so that of the chosen one is left out. */
function listShared(
  host: Workflow,
  taken: Workflow,
  stepKinds: ReadonlyMap<string, StepKind>,
): readonly string[] {
  const isBecome = isMereChoice(host, stepKinds);
  const own = new Set(host.steps.map(({ id }) => id));
  return taken.steps
    .filter(({ id, kind }) => own.has(id) && (isBecome || kind !== 'pull-request'))
    .map(({ id }) => id);
}

function toFault(id: string, { value, source }: Entry<Workflow>, other: Entry<Workflow>): CatalogFault {
  const index = value.steps.findIndex((step) => step.id === id);
  return {
    file: source.file,
    ...source.locate(['steps', index, 'id']),
    message: `${other.value.name} has a step '${id}' too, and one of the two can be put into the other by a choice`,
    remedy: 'Give the step another id.',
  };
}
