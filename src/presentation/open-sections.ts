import { isShownOpen } from '../domain/is-shown-open.ts';
import { newestAttempts } from '../domain/newest-attempts.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import type { Part } from './assemble.ts';
import { quote } from './quote.ts';
import { stepTitle } from './step-title.ts';

const MAX_BYTES_EACH = 16_000;
const MIN_BYTES = 200;

/** What somebody has to act on after the merge, such as queries and alerts: a section for each step that hands it over. */
export function openSections(run: BegunRun): Part[] {
  return newestAttempts(run).flatMap((record) => {
    const { step, leg, outcome } = record;
    const text = outcome.kind === 'passed' ? outcome.details.trim() : '';
    return text === '' || !isOpen(run, record)
      ? []
      : [(maxBytes: number) => toSection(stepTitle(run, step, leg), text, maxBytes)];
  });
}

function isOpen(run: BegunRun, { step, leg }: StepRecord): boolean {
  const own = run.legs[leg ?? -1]?.steps.find(({ id }) => id === step);
  const present = run.definition.workflow.steps.find(({ id }) => id === step);
  return own?.isOpen ?? (present !== undefined && isShownOpen(present));
}

function toSection(title: string, text: string, maxBytes: number): string {
  const heading = `## ${title}\n\n`;
  const room = Math.min(maxBytes, MAX_BYTES_EACH) - heading.length * 2;
  return room < MIN_BYTES ? '' : `${heading}${quote(text, room)}`;
}
