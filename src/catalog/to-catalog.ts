import { profileSchema } from '../domain/profile.ts';
import type { Role } from '../domain/role.ts';
import { type Definition, type Step, type Workflow, workflowSchema } from '../domain/workflow.ts';
import type { Catalog, PlugIns } from './catalog.ts';
import { checkLabels, toTriggerLabels } from './check-labels.ts';
import { checkWorkflow } from './check-workflow.ts';
import { CatalogError, type CatalogFault } from './fault.ts';
import { type Entry, joinParsed, parseDataFile } from './parse-data-file.ts';
import { parseRole } from './parse-role.ts';
import type { DataFile, DataFiles } from './read-data-files.ts';
import { readYaml } from './read-yaml.ts';

/** Makes one checked catalog of data files and plug-ins. Throws a `CatalogError` with every fault of every file. */
export function toCatalog(files: DataFiles, plugIns: PlugIns): Catalog {
  const workflows = joinParsed(files.workflows.map((file) => parseDataFile(read(file), workflowSchema)));
  const roles = joinParsed(files.roles.map(parseRole));
  const profiles = joinParsed(files.profiles.map((file) => parseDataFile(read(file), profileSchema)));
  // A role that could not be read is faulted once, in its own file, not again wherever it is named.
  const roleNames = new Set([
    ...roles.entries.map(({ value }) => value.name),
    ...files.roles.map(({ path }) => path.replace(/^.*\/|\.md$/g, '')),
  ]);
  const faults = [
    ...[workflows, roles, profiles].flatMap((parsed) => parsed.faults),
    ...workflows.entries.flatMap((entry) => checkWorkflow(entry, { ...plugIns, roleNames })),
    ...checkLabels(workflows.entries),
  ];
  if (faults.length > 0) {
    throw new CatalogError(faults.toSorted(byPlace));
  }
  return {
    ...plugIns,
    profiles: profiles.entries.map(({ value }) => value),
    ...withWorkflows(byName(workflows.entries), byName(roles.entries), plugIns),
  };
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
      return { workflow, roles: pickRoles(workflow, roles, plugIns) };
    },
  };
}

function pickRoles(
  workflow: Workflow,
  roles: ReadonlyMap<string, Role>,
  { stepKinds }: PlugIns,
): Definition['roles'] {
  const named = workflow.steps.flatMap((step) => rolesOf(step, stepKinds));
  return Object.fromEntries(
    named.flatMap((name) => {
      const role = roles.get(name);
      return role === undefined ? [] : [[name, role] as const];
    }),
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

function byPlace(a: CatalogFault, b: CatalogFault): number {
  return a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column;
}

function read(file: DataFile): ReturnType<typeof readYaml> {
  return readYaml(file.path, file.text);
}

function byName<Value extends { readonly name: string }>(
  entries: readonly Entry<Value>[],
): ReadonlyMap<string, Value> {
  return new Map(entries.map(({ value }) => [value.name, value]));
}
