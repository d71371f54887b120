import type { Offer } from '../domain/offer.ts';
import type { Role } from '../domain/role.ts';
import type { Definition, Step, Workflow } from '../domain/workflow.ts';
import type { Catalog, PlugIns } from './catalog.ts';
import { type CheckedFiles, checkDataFiles } from './check-data-files.ts';
import { toTriggerLabels } from './check-labels.ts';
import { CatalogError } from './fault.ts';
import type { DataFiles } from './read-data-files.ts';

/** Makes one checked catalog of data files and plug-ins. Throws a `CatalogError` with every fault of every file. */
export function toCatalog(files: DataFiles, plugIns: PlugIns, offer: Offer | null = null): Catalog {
  const checked = checkDataFiles(files, plugIns, offer);
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
): Pick<Catalog, 'workflows' | 'roles' | 'workflowForLabel' | 'define' | 'defineMade'> {
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
      return withRoles(workflow, roles, plugIns);
    },
    defineMade(workflow) {
      const isSound = workflow.steps.every((step) => isKnown(step, plugIns));
      const made = isSound ? withRoles(workflow, roles, plugIns) : null;
      const named = made?.workflow.steps.flatMap((step) => step.roles ?? []) ?? [];
      return named.every((name) => roles.has(name)) ? made : null;
    },
  };
}

/** A workflow with the roles that it names, as far as they are there. */
function withRoles(workflow: Workflow, roles: ReadonlyMap<string, Role>, { stepKinds }: PlugIns): Definition {
  const steps = workflow.steps.map((step) => ({ ...step, roles: [...rolesOf(step, stepKinds)] }));
  const named = new Set(steps.flatMap((step) => step.roles));
  return {
    workflow: { ...workflow, steps },
    roles: Object.fromEntries([...roles].filter(([name]) => named.has(name))),
  };
}

/** Whether the kind of the step is there, and takes its options; with the gates that it uses. */
function isKnown(step: Step, { stepKinds, gates }: PlugIns): boolean {
  const kind = stepKinds.get(step.kind);
  const options = kind?.options.safeParse(step.with);
  return (
    kind !== undefined &&
    options?.success === true &&
    kind.gates(options.data).every((use) => gates.get(use.gate)?.options.safeParse(use.with).success === true)
  );
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
