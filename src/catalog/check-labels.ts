import type { Workflow } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
import type { Entry } from './parse-data-file.ts';

/** The labels that start a workflow, in lower case: GitHub does not tell the cases apart. */
export function toTriggerLabels(workflow: Workflow): readonly string[] {
  return [`baton:${workflow.name}`, ...workflow.labels].map((label) => label.toLowerCase());
}

/** A label starts one workflow. The second that claims it is at fault. */
export function checkLabels(workflows: readonly Entry<Workflow>[]): readonly CatalogFault[] {
  const owners = new Map<string, Workflow>();
  const faults: CatalogFault[] = [];
  for (const { value, source } of workflows) {
    for (const label of toTriggerLabels(value)) {
      const owner = owners.get(label);
      if (owner === undefined) {
        owners.set(label, value);
        continue;
      }
      const written = value.labels.find((own) => own.toLowerCase() === label) ?? label;
      faults.push({
        file: source.file,
        ...source.locateText(['labels'], written),
        message: `the label '${written}' starts ${owner.name} already`,
        remedy: 'Take it out of one of the two.',
      });
    }
  }
  return faults;
}
