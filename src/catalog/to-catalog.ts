import type { Role } from '../domain/role.ts';
import type { Step, Workflow } from '../domain/workflow.ts';
import type { Catalog, PlugIns } from './catalog.ts';
import { type CheckedFiles, checkDataFiles } from './check-data-files.ts';
import { toTriggerLabels } from './check-labels.ts';
import { CatalogError } from './fault.ts';
import type { DataFiles } from './read-data-files.ts';

/** Makes one checked catalog of data files and plug-ins. Throws a `CatalogError` with every fault of every file. */
export function toCatalog(files: DataFiles, plugIns: PlugIns): Catalog {
  const checked = checkDataFiles(files, plugIns);
  if (checked.faults.length > 0) {
    throw new CatalogError(checked.faults);
  }
  return joinCatalog(checked, plugIns);
}

/** The catalog of files in which nothing is wrong. */
export function joinCatalog({ workflows, roles, profiles }: CheckedFiles, plugIns: PlugIns): Catalog {
  return { ...plugIns, profiles, ...withWorkflows(byName(workflows), byName(roles), plugIns) };
}

function withWorkflows(
  workflows: ReadonlyMap<string, Workflow>,
  roles: ReadonlyMap<string, Role>,
  plugIns: PlugIns,
): Pick<Catalog, 'workflows' | 'roles' | 'workflowForLabel' | 'define'> {
  const byLabel = new Map(
    [...workflows.values()].flatMap((workflow) =>
      toTriggerLabels(workflow).map((label) => [label, workflow] as const),
    ),
  );
  return {
    workflows,
    roles,
    workflowForLabel: (label) => byLabel.get(label.toLowerCase()) ?? null,
    define(workflowName) {
      const workflow = workflows.get(workflowName);
      if (workflow === undefined) {
        throw new Error(
          `there is no workflow '${workflowName}'; there are ${[...workflows.keys()].join(', ')}`,
        );
      }
      const steps = workflow.steps.map((step) => ({ ...step, roles: [...rolesOf(step, plugIns.stepKinds)] }));
      const named = new Set(steps.flatMap((step) => step.roles));
      return {
        workflow: { ...workflow, steps },
        roles: Object.fromEntries([...roles].filter(([name]) => named.has(name))),
      };
    },
  };
}

function rolesOf(step: Step, stepKinds: PlugIns['stepKinds']): readonly string[] {
  const kind = stepKinds.get(step.kind);
  if (kind === undefined) {
    return [];
  }
  const options = kind.options.parse(step.with);
  const own = kind.role(options);
  return [
    ...(own === null ? [] : [own]),
    ...kind.branches(options).flatMap((branch) => rolesOf(branch, stepKinds)),
  ];
}

function byName<Value extends { readonly name: string }>(
  values: readonly Value[],
): ReadonlyMap<string, Value> {
  return new Map(values.map((value) => [value.name, value]));
}
