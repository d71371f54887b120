import type { Feedback } from '../domain/feedback.ts';
import type { RunningRun } from '../domain/run.ts';
import { person } from './person.ts';
import { stepTitle } from './step-title.ts';

/** Why the present step is done, when not just because its turn has come: `again, because Review sent it back`. */
export function sentBack(run: RunningRun, { from, by }: Feedback): string {
  if (by !== undefined) {
    return `as ${person(by)} decided`;
  }
  return from === run.step
    ? 'again, because it could not be done'
    : `again, because ${stepTitle(run, from)} sent it back`;
}
