import type { StepKind } from '../domain/step-kind.ts';
import type { Step, Workflow } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
import type { Entry } from './parse-data-file.ts';

/** Reviewers who look at some files each leave the rest to nobody, unless one of them looks at all. */
export function checkReviews(
  { value, source }: Entry<Workflow>,
  stepKinds: ReadonlyMap<string, StepKind>,
): readonly CatalogFault[] {
  const all = value.steps.map((step) => reviewsOf(step, stepKinds));
  // A step that may be passed over looks at nothing when it is.
  const isCaught = all.some(
    (reviews, index) =>
      value.steps[index]?.when === undefined &&
      value.steps[index]?.enabled === undefined &&
      reviews.includes('all'),
  );
  const first = all.findIndex((reviews) => reviews.includes('some files'));
  return first === -1 || isCaught
    ? []
    : [
        {
          file: source.file,
          ...source.locate(['steps', first, 'with']),
          message: `every reviewer looks at some \`files\` only, so nobody looks at the rest of a change`,
          remedy: 'Give one reviewer no `files`, and no `when`.',
        },
      ];
}

function reviewsOf(step: Step, stepKinds: ReadonlyMap<string, StepKind>): readonly string[] {
  const kind = stepKinds.get(step.kind);
  const options = kind?.options.safeParse(step.with);
  if (kind === undefined || options?.success !== true) {
    return [];
  }
  const branches = kind.branches(options.data).flatMap((branch) => reviewsOf(branch, stepKinds));
  return [kind.reviews(options.data), ...branches];
}
