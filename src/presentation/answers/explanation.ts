import { isBegun, type Run } from '../../domain/run.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { heading } from '../heading.ts';
import { holdSection } from '../hold-section.ts';
import { inline } from '../inline.ts';
import { interventions } from '../interventions.ts';
import { rounds } from '../rounds.ts';
import { refusalWords, runReason } from '../run-reason.ts';
import { sentBack } from '../sent-back.ts';
import { answer } from './answer.ts';

/** Why the run of this issue waits, goes back or failed; null when there is none. */
export function explanation(run: Run | null): SurfaceInput {
  if (run === null) {
    return answer(`There is no run on this issue. ${code('/baton run')} starts one.`);
  }
  return answer(
    `### ${heading(run)}`,
    why(run),
    ...(run.state === 'held' ? holdSection(run).filter((part) => typeof part === 'string') : []),
    ...(isBegun(run) ? [isAsked(run) ? '' : rounds(run), interventions(run)] : []),
  );
}

/** A question about how to go on shows the rounds itself. */
function isAsked(run: Run): boolean {
  return run.state === 'held' && run.hold.kind === 'escalation';
}

function why(run: Run): string {
  if (run.state === 'refused') {
    return refusalWords(run.reason);
  }
  if ('reason' in run) {
    return run.reason === '' ? 'No reason was given.' : `**Why:** ${inline(run.reason, 1000)}`;
  }
  switch (run.state) {
    case 'queued':
      return 'It waits for its turn: runs of one issue follow one another, and agents wait until one is free.';
    case 'running':
      return run.feedback === undefined
        ? 'It waits for nobody: the step is being done.'
        : `The step is being done ${sentBack(run, run.feedback)}: ${inline(run.feedback.summary, 500)}`;
    case 'held':
      return 'It waits for a person.';
    case 'succeeded':
      return 'It has done all its steps.';
    case 'merged':
      return runReason(run);
  }
}
