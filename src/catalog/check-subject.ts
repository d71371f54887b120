import type { StepKind } from '../domain/step-kind.ts';
import type { Step, Workflow } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
import type { Entry } from './parse-data-file.ts';

/** A pull request is its author's: a workflow about one has no branch to write to, and nothing to propose. */
export function checkSubject(
  { value, source }: Entry<Workflow>,
  stepKinds: ReadonlyMap<string, StepKind>,
): readonly CatalogFault[] {
  if (value.subject !== 'pull-request') {
    return [];
  }
  return value.steps.flatMap((step, index) => {
    const wrong = whatIsWrong(step, stepKinds);
    return wrong === null
      ? []
      : [
          {
            file: source.file,
            ...source.locate(['steps', index, 'kind']),
            message: `'${step.id}' ${wrong}, but a workflow about a pull request only judges`,
            remedy: 'Take the step out, let it only read, or make `subject` issue.',
          },
        ];
  });
}

/** Null when the step only reads, as far as its options can be understood. */
function whatIsWrong(step: Step, stepKinds: ReadonlyMap<string, StepKind>): string | null {
  const kind = stepKinds.get(step.kind);
  const options = kind?.options.safeParse(step.with);
  if (kind === undefined || options?.success !== true) {
    return null;
  }
  if (kind.writes(options.data)) {
    return 'writes or proposes something';
  }
  if (kind.endings.includes('chosen')) {
    return 'chooses a workflow for an issue';
  }
  const wrong = kind.branches(options.data).map((branch) => whatIsWrong(branch, stepKinds));
  return wrong.find((one) => one !== null) ?? null;
}
