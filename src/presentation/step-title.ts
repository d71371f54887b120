import type { BegunRun } from '../domain/run.ts';
import { inline } from './inline.ts';

/** What people are shown as the name of a step. */
export function stepTitle(run: BegunRun, id: string): string {
  const step = run.definition.workflow.steps.find((candidate) => candidate.id === id);
  return inline(step?.title ?? id, 80);
}
