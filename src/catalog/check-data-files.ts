import type { Offer } from '../domain/offer.ts';
import type { Profile } from '../domain/profile.ts';
import { profileSchema } from '../domain/profile.ts';
import type { Role } from '../domain/role.ts';
import { type Workflow, workflowSchema } from '../domain/workflow.ts';
import type { PlugIns } from './catalog.ts';
import { checkRoleRuntimes } from './check-agents.ts';
import { checkChoices } from './check-choices.ts';
import { checkLabels } from './check-labels.ts';
import { checkWorkflow } from './check-workflow.ts';
import type { CatalogFault } from './fault.ts';
import { type Entry, joinParsed, type Parsed, parseDataFile } from './parse-data-file.ts';
import { parseRole } from './parse-role.ts';
import type { DataFile, DataFiles } from './read-data-files.ts';
import { readYaml } from './read-yaml.ts';

/** What data files hold, and all that is wrong with them. */
export interface CheckedFiles {
  readonly workflows: readonly Workflow[];
  readonly roles: readonly Role[];
  readonly profiles: readonly Profile[];
  readonly faults: readonly CatalogFault[];
}

const readWorkflow = onceEach((file) => parseDataFile(read(file), workflowSchema));
const readRole = onceEach(parseRole);
const readProfile = onceEach((file) => parseDataFile(read(file), profileSchema));

/** Checks the data files by themselves, against one another, against the plug-ins and what the operator offers. */
export function checkDataFiles(files: DataFiles, plugIns: PlugIns, offer: Offer | null = null): CheckedFiles {
  const workflows = joinParsed(files.workflows.map(readWorkflow));
  const roles = joinParsed(files.roles.map(readRole));
  const profiles = joinParsed(files.profiles.map(readProfile));
  // A role that could not be read is faulted once, in its own file, not again wherever it is named.
  const roleNames = namesOf(roles.entries, files.roles);
  return {
    workflows: valuesOf(workflows.entries),
    roles: valuesOf(roles.entries),
    profiles: valuesOf(profiles.entries),
    faults: [
      ...[workflows, roles, profiles].flatMap((parsed) => parsed.faults),
      ...workflows.entries.flatMap((entry) => checkWorkflow(entry, { ...plugIns, roleNames })),
      ...checkLabels(workflows.entries),
      ...checkRoleRuntimes(roles.entries, offer),
      ...checkChoices(workflows.entries, plugIns.stepKinds),
    ],
  };
}

/** The name a data file gives to what it holds, when all is well. */
export function toNameOfFile({ path }: Pick<DataFile, 'path'>): string {
  return path.replaceAll(/^.*\/|\.[a-z]+$/g, '');
}

function namesOf(
  entries: readonly Entry<{ readonly name: string }>[],
  files: readonly DataFile[],
): ReadonlySet<string> {
  return new Set([...entries.map(({ value }) => value.name), ...files.map(toNameOfFile)]);
}

function valuesOf<Value>(entries: readonly Entry<Value>[]): readonly Value[] {
  return entries.map(({ value }) => value);
}

/** Reads each file once: those of the server stand below each commit of each repository, and all share what they hold. */
function onceEach<Value>(parse: (file: DataFile) => Parsed<Value>): typeof parse {
  const known = new WeakMap<DataFile, Parsed<Value>>();
  return (file) => {
    const parsed = known.get(file) ?? parse(file);
    known.set(file, parsed);
    return parsed;
  };
}

function read(file: DataFile): ReturnType<typeof readYaml> {
  return readYaml(file.path, file.text);
}
