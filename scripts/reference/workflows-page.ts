import { type Step, type Workflow, workflowSchema } from '../../src/domain/workflow.ts';
import { toCode, toPage, toTable } from './markdown.ts';
import { toOptionsTable } from './options-table.ts';

export function workflowsPage(workflows: Iterable<Workflow>): string {
  return toPage(
    'Workflows',
    [
      'A workflow is a file `workflows/<name>.yaml`. These are its fields; `with` takes the options of the [step kind](step-kinds.md).',
      toOptionsTable(workflowSchema),
      'The workflows that come with Baton:',
    ].join('\n\n'),
    [...workflows].map(toSection),
  );
}

function toSection({ name, description, labels, steps }: Workflow): string {
  const rows = steps.map(({ id, kind, title, onReject, with: options }) => [
    toCode(id),
    `[${kind}](step-kinds.md#${kind})`,
    title ?? '',
    onReject === undefined ? '' : toCode(onReject),
    toOptions(options),
  ]);
  return [
    `## ${name}`,
    description.trim(),
    `Labels: ${[`baton:${name}`, ...labels].map(toCode).join(', ')}.`,
    toTable(['step', 'kind', 'title', 'on rejection back to', 'options'], rows),
  ].join('\n\n');
}

/** One line for each option, and for each element of an option that is a list. */
function toOptions(options: Step['with']): string {
  return Object.entries(options)
    .flatMap(([key, value]) =>
      Array.isArray(value)
        ? value.map((item) => toCode(JSON.stringify(item)))
        : [toCode(`${key}: ${JSON.stringify(value)}`)],
    )
    .join('<br>');
}
