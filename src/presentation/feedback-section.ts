import type { RunningRun } from '../domain/run.ts';
import { byteLength } from './clip.ts';
import { details } from './details.ts';
import { inline } from './inline.ts';
import { listFindings } from './list-findings.ts';
import { quote } from './quote.ts';
import { stepTitle } from './step-title.ts';

/** Why the present step is done again; empty when it is not. */
export function feedbackSection(run: RunningRun, maxBytes: number): string {
  const { feedback } = run;
  if (feedback === undefined) {
    return '';
  }
  const step = stepTitle(run, run.step);
  const title =
    feedback.by === undefined
      ? `Why ${step} is done again: ${stepTitle(run, feedback.from)} sent it back`
      : `What ${inline(feedback.by.login, 80)} decided about ${step}`;
  const findings = listFindings(feedback.findings);
  const room = maxBytes - byteLength(details(title, findings)) - 2;
  if (room < 200) {
    return '';
  }
  return details(title, [quote(feedback.summary, room), findings].filter((part) => part !== '').join('\n\n'));
}
