import {
  DEFAULT_REPOSITORY_SETTINGS,
  type RepositorySettings,
  repositorySettingsSchema,
} from '../domain/repository-settings.ts';
import type { Member } from '../domain/team/member.ts';
import type { Workflow } from '../domain/workflow.ts';
import { type Choosable, checkAgents } from './check-agents.ts';
import { checkTeam } from './check-team.ts';
import type { CatalogFault } from './fault.ts';
import { listNames } from './list-names.ts';
import type { DataFile } from './read-data-files.ts';
import { readYaml } from './read-yaml.ts';
import { toSchemaFaults } from './to-schema-faults.ts';
import type { YamlSource } from './yaml-source.ts';

export interface ParsedSettings {
  /** The defaults where there are faults. */
  readonly settings: RepositorySettings;
  readonly faults: readonly CatalogFault[];
}

/** What the settings are checked against. */
interface Known {
  readonly subjects: Subjects;
  /** Names of the gates whose mode nobody sets. */
  readonly strictGates?: ReadonlySet<string>;
  readonly choosable: Choosable;
  /** Those who can be in a team. */
  readonly members?: ReadonlyMap<string, Pick<Member, 'startsNothing'>>;
}

/** The workflows there are, by name, with what they are about; null where that could not be read. */
export type Subjects = ReadonlyMap<string, Workflow['subject'] | null>;

/** Checks the settings of a repository against what there is. No file, and an empty one, set nothing. */
export function parseRepositorySettings(
  file: DataFile | null,
  { subjects, strictGates = new Set(), choosable, members = new Map() }: Known,
): ParsedSettings {
  const read = file === null ? null : readYaml(file.path, file.text);
  if (read === null) {
    return { settings: DEFAULT_REPOSITORY_SETTINGS, faults: [] };
  }
  if (!('locate' in read)) {
    return { settings: DEFAULT_REPOSITORY_SETTINGS, faults: read };
  }
  const checked = repositorySettingsSchema.safeParse(read.value ?? {});
  if (!checked.success) {
    return {
      settings: DEFAULT_REPOSITORY_SETTINGS,
      faults: [
        ...toSchemaFaults(read, checked.error.issues),
        ...checkLabelMap(read, toLabelMap(read.value), subjects),
        ...checkAgents(read, choosable),
      ],
    };
  }
  const { labels, gates } = checked.data;
  const faults = [
    ...checkLabelMap(read, labels, subjects),
    ...checkModes(read, Object.keys(gates.modes), strictGates),
    ...checkAgents(read, choosable),
    ...checkTeam(read, checked.data.team, { members, subjects }),
  ];
  return { settings: checked.data, faults };
}

/** Gates that guard against changes are not made laxer by what a change could, one day, bring. */
function checkModes(
  source: YamlSource,
  names: readonly string[],
  strictGates: ReadonlySet<string>,
): readonly CatalogFault[] {
  return names
    .filter((name) => strictGates.has(name))
    .map((name) => ({
      file: source.file,
      ...source.locateKey(['gates', 'modes'], name),
      message: `${name} is always strict`,
      remedy: 'Take it out of the modes.',
    }));
}

/** What can be checked of the map also where the rest of the file is wrong. */
function toLabelMap(value: unknown): Readonly<Record<string, string>> {
  const labels: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'labels') : null;
  const { data } = repositorySettingsSchema.shape.labels.safeParse(labels);
  return data ?? {};
}

/** Each label stands once, whatever its case, and names a workflow for issues. */
function checkLabelMap(
  source: YamlSource,
  labels: Readonly<Record<string, string>>,
  subjects: Subjects,
): readonly CatalogFault[] {
  const { file } = source;
  const all = Object.keys(labels);
  return Object.entries(labels).flatMap(([label, workflow], index) => {
    const twin = all.slice(0, index).find((other) => other.toLowerCase() === label.toLowerCase());
    const reason = checkNamed(workflow, subjects);
    return [
      ...(twin === undefined
        ? []
        : [
            {
              file,
              ...source.locateKey(['labels'], label),
              message: `'${label}' is the same label as '${twin}': upper and lower case are the same`,
              remedy: 'Keep one of the two.',
            },
          ]),
      ...(reason === null ? [] : [{ file, ...source.locate(['labels', label]), ...reason }]),
    ];
  });
}

function checkNamed(workflow: string, subjects: Subjects): Pick<CatalogFault, 'message' | 'remedy'> | null {
  const choice = [...subjects].filter(([, subject]) => subject !== 'pull-request').map(([name]) => name);
  if (!subjects.has(workflow)) {
    const remedy = `Write .github/baton/workflows/${workflow}.yaml, or name ${listNames(choice, workflow)}.`;
    return { message: `there is no workflow '${workflow}'`, remedy };
  }
  return subjects.get(workflow) === 'pull-request'
    ? {
        message: `${workflow} is about pull requests, so no label of an issue can choose it`,
        remedy: `Name ${choice.join(', ')}.`,
      }
    : null;
}
