import { configureSteps } from '../domain/configure-steps.ts';
import type { Definition } from '../domain/workflow.ts';
import { type CliCommand, UsageError } from './command-line.ts';
import { readArguments } from './read-arguments.ts';
import { readBoth } from './read-both.ts';
import { complain } from './simulation/complain.ts';
import { printMermaid } from './simulation/print-mermaid.ts';
import { printEnds, printSteps } from './simulation/print-outline.ts';
import { toEdges } from './simulation/to-edges.ts';
import type { Walk } from './simulation/walk.ts';
import { walkWorkflow } from './simulation/walk-workflow.ts';

export const command: CliCommand = {
  usage: '<workflow> [directory] [--mermaid]',
  summary: 'walks a workflow through everything that can happen to it, and says where it leads',
  async run(args, print) {
    const { words, flags } = readArguments(args, { flags: ['mermaid'], mostWords: 2 });
    const [name, directory] = words;
    if (name === undefined) {
      throw new UsageError('Name the workflow that is to be simulated.');
    }
    const { catalog, settings } = await readBoth(directory);
    if (!catalog.workflows.has(name)) {
      throw new UsageError(
        `There is no workflow ${name}; there are ${[...catalog.workflows.keys()].join(', ')}.`,
      );
    }
    const definition = configureSteps(catalog.define(name), settings);
    const walked = walkWorkflow(definition, catalog.stepKinds);
    const complaints = complain(walked, definition.workflow);
    const lines = flags.has('mermaid')
      ? [...printMermaid(toEdges(walked.moves)), ...complaints.map((line) => `%% ${line}`)]
      : [...outline(definition.workflow, walked), ...complaints];
    for (const line of lines) {
      print(line);
    }
    return complaints.length === 0 ? 0 : 1;
  },
};

function outline(workflow: Definition['workflow'], { situations, moves }: Walk): readonly string[] {
  const order = workflow.steps.map(({ id }) => id);
  const edges = toEdges(moves).toSorted((a, b) => order.indexOf(a.from.name) - order.indexOf(b.from.name));
  return [
    `${workflow.name}: ${situations.length} situations walked, ${moves.length} moves between them`,
    '',
    'A shortest way to each end',
    ...printEnds(situations),
    '',
    'What can follow',
    ...printSteps(edges),
    '',
    'At any moment a person can also cancel the run, pause it or roll it back.',
  ];
}
