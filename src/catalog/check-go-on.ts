import { GO_ON, type Workflow } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
import type { Entry } from './parse-data-file.ts';

/** Only who judges somebody else's change can leave it at that: what we propose ourselves has passed. */
export function checkGoOn({ value, source }: Entry<Workflow>): readonly CatalogFault[] {
  if (value.subject === 'pull-request') {
    return [];
  }
  return value.steps.flatMap(({ id, onReject }, index) =>
    onReject === GO_ON
      ? [
          {
            file: source.file,
            ...source.locate(['steps', index, 'onReject']),
            message: `what '${id}' rejects would be proposed all the same`,
            remedy: 'Name the earlier step that mends it, or make `subject` pull-request.',
          },
        ]
      : [],
  );
}
