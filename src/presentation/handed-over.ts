import { liveHistory } from '../domain/progress.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import type { Step } from '../domain/workflow.ts';
import { byteLength } from './clip.ts';
import { details } from './details.ts';
import { quote } from './quote.ts';
import { stepTitle } from './step-title.ts';

const MAX_BYTES_EACH = 16_000;
const MIN_BYTES = 200;

/** What each step handed over in full (a design, a plan, a summary of changes), folded, newest attempt only. */
export function handedOver(
  run: BegunRun,
  includes: (step: Step) => boolean = () => true,
): ((maxBytes: number) => string)[] {
  return run.definition.workflow.steps.filter(includes).flatMap(({ id }) => {
    const text = detailsOf(liveHistory(run).findLast((record) => record.step === id));
    return text === '' || isShownOpen(run, text)
      ? []
      : [(maxBytes: number) => folded(stepTitle(run, id), text, maxBytes)];
  });
}

function detailsOf(record: StepRecord | undefined): string {
  return record?.outcome.kind === 'passed' ? record.outcome.details.trim() : '';
}

/** What is to be approved is shown open already. */
function isShownOpen(run: BegunRun, text: string): boolean {
  return run.state === 'held' && run.hold.shown.includes(text);
}

function folded(title: string, text: string, maxBytes: number): string {
  const summary = `${title} in full`;
  const room = Math.min(maxBytes, MAX_BYTES_EACH) - byteLength(details(summary, ''));
  return room < MIN_BYTES ? '' : details(summary, quote(text, room));
}
