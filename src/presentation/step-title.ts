import type { BegunRun } from '../domain/run.ts';
import { inline } from './inline.ts';

/** What people are shown as the name of a step, also of one that the run has no more; `leg` when it is one of a leg. */
export function stepTitle(run: BegunRun, id: string, leg?: number): string {
  const present = run.definition.workflow.steps.find((candidate) => candidate.id === id);
  const past = run.legs.flatMap(({ steps }) => steps);
  const own = run.legs[leg ?? -1]?.steps.find((step) => step.id === id)?.title;
  const title = present === undefined ? past.findLast((step) => step.id === id)?.title : present.title;
  return inline(own ?? title ?? id, 80);
}

/** The same where a line or an item of a list begins: there `4. Implementation` would begin a list of its own. */
export function leadingStepTitle(run: BegunRun, id: string, leg?: number): string {
  return stepTitle(run, id, leg).replace(/^(\d{1,9})([.)])(?=\s)/, String.raw`$1\$2`);
}
