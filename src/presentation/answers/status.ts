import { isBegun, type Run } from '../../domain/run.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { heading } from '../heading.ts';
import { holdSection } from '../hold-section.ts';
import { runFacts, sandboxWarning } from '../run-facts.ts';
import { stepsTable } from '../steps-table.ts';
import { tasksTable } from '../tasks.ts';
import { answer } from './answer.ts';

/** Where the newest run of this issue stands; null when there is none. */
export function status(run: Run | null): SurfaceInput {
  if (run === null) {
    return answer(`There is no run on this issue. ${code('/baton run')} starts one.`);
  }
  return answer(
    `### ${heading(run)}`,
    sandboxWarning(run),
    runFacts(run),
    // What is to be approved is shown once, in the progress comment, where it cannot get out of date.
    ...(run.state === 'held' ? holdSection(run).filter((part) => typeof part === 'string') : []),
    isBegun(run) ? tasksTable(run) : '',
    isBegun(run) ? stepsTable(run) : '',
  );
}
