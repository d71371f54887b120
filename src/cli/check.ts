import { toTriggerLabels } from '../catalog/check-labels.ts';
import { CatalogError } from '../catalog/fault.ts';
import type { CliCommand } from './command-line.ts';
import { readArguments } from './read-arguments.ts';
import { type Both, readBoth } from './read-both.ts';

export const command: CliCommand = {
  usage: '[directory]',
  summary: "checks a repository's .github/baton.yml and .github/baton/ together with the server's files",
  async run(args, print) {
    const [directory] = readArguments(args, { mostWords: 1 }).words;
    try {
      for (const line of summarise(await readBoth(directory))) {
        print(line);
      }
      return 0;
    } catch (error) {
      if (error instanceof CatalogError) {
        print(error.message);
        return 1;
      }
      throw error;
    }
  },
};

function summarise({ catalog, settings, directory }: Both): readonly string[] {
  const { workflows, roles, gates } = catalog;
  const starting = [...workflows.values()].flatMap((workflow) =>
    toTriggerLabels(workflow).map((label) => [label, workflow.name] as const),
  );
  const chosen = Object.entries(settings.labels);
  return [
    directory === null
      ? 'The files of the server are right.'
      : `${directory} and the server's files are right.`,
    count(workflows.keys(), 'workflow'),
    count(roles.keys(), 'role'),
    count(gates.keys(), 'gate'),
    'labels that start a workflow:',
    ...starting.map(toArrow),
    ...(chosen.length === 0 ? [] : ['labels that choose one when nobody named it:', ...chosen.map(toArrow)]),
  ];
}

function count(names: Iterable<string>, what: string): string {
  const list = [...names];
  return `${list.length} ${what}${list.length === 1 ? '' : 's'}: ${list.join(', ')}`;
}

function toArrow([label, workflow]: readonly [string, string]): string {
  return `  ${label} -> ${workflow}`;
}
