import type { StepKind } from '../../src/domain/step-kind.ts';
import { toPage } from './markdown.ts';
import { toOptionsTable } from './options-table.ts';

export function stepKindsPage(stepKinds: Iterable<StepKind>): string {
  return toPage(
    'Step kinds',
    'The `kind` of a step in a workflow. Its options are written under `with`.',
    [...stepKinds].map(
      ({ name, summary, options }) => `## ${name}\n\n${summary}\n\n${toOptionsTable(options)}`,
    ),
  );
}
