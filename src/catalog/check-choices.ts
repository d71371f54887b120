import type { StepKind } from '../domain/step-kind.ts';
import type { Workflow } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
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
    const chooser = host.value.steps.findIndex(
      ({ kind }) => stepKinds.get(kind)?.endings.includes('chosen') === true,
    );
    const others = chooser === -1 ? [] : workflows.filter((other) => isChoosable(other, host));
    return others.flatMap((taken) => {
      const [late, early] = workflows.indexOf(taken) > index ? [taken, host] : [host, taken];
      return listShared(host.value, taken.value, chooser).map((id) => toFault(id, late, early));
    });
  });
}

function isChoosable(other: Entry<Workflow>, host: Entry<Workflow>): boolean {
  return other !== host && other.value.subject === host.value.subject;
}

/** A workflow with steps after the choice opens its own pull request, so that of the chosen one is left out. */
function listShared(host: Workflow, taken: Workflow, chooser: number): readonly string[] {
  const isMereChoice = chooser === host.steps.length - 1;
  const own = new Set(host.steps.map(({ id }) => id));
  return taken.steps
    .filter(({ id, kind }) => own.has(id) && (isMereChoice || kind !== 'pull-request'))
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
