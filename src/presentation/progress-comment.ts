import { isBegun, type Run } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { assemble, type Part } from './assemble.ts';
import { feedbackSection } from './feedback-section.ts';
import { code } from './fence.ts';
import { handedOver } from './handed-over.ts';
import { heading } from './heading.ts';
import { holdSection } from './hold-section.ts';
import { inline } from './inline.ts';
import { interventions } from './interventions.ts';
import { putOffLine } from './put-off.ts';
import { runFacts, sandboxWarning } from './run-facts.ts';
import { stepsTable } from './steps-table.ts';
import { tasksTable } from './tasks.ts';

/** Below GitHub's limit of 65,536, with room for the marker that is added when it is written. */
const MAX_BYTES = 60_000;

/** Whoever has more faults than this begins with these. */
const MAX_REASONS = 30;

/** The one comment that follows a run from its order to its end. */
export function progressComment(run: Run): SurfaceInput {
  const parts: Part[] = [
    `### ${heading(run)}`,
    sandboxWarning(run),
    runFacts(run),
    reason(run),
    ...(run.state === 'held' ? holdSection(run) : []),
    isBegun(run) ? tasksTable(run) : '',
    isBegun(run) ? stepsTable(run) : '',
    isBegun(run) ? putOffLine(run) : '',
    (maxBytes) => (run.state === 'running' ? feedbackSection(run, maxBytes) : ''),
    isBegun(run) ? interventions(run) : '',
    ...(isBegun(run) ? handedOver(run) : []),
    `---\nRun ${code(run.order.id)}. Comment ${code('/baton help')} for all commands.`,
  ];
  return { kind: 'comment', key: 'progress', body: assemble(parts, MAX_BYTES) };
}

/** Why a run ended as it did, when it did not succeed, or what it queues for. */
function reason(run: Run): string {
  switch (run.state) {
    case 'failed':
      return `**Why:** ${inline(run.reason, 500)}`;
    case 'refused':
      return refusalReason(run.reason);
    case 'cancelled':
    case 'withdrawn':
      return run.reason === '' ? '' : `**Why:** ${inline(run.reason, 500)}`;
    case 'queued':
      return `Runs of one ${run.order.change === undefined ? 'issue' : 'pull request'} follow one another.`;
    case 'running':
    case 'held':
    case 'succeeded':
      return '';
  }
}

/** All faults of a configuration are told together, so that they can be mended together: one line each. */
function refusalReason(reason: string): string {
  const [first = '', ...others] = reason.split('\n').filter((line) => line.trim() !== '');
  const lines = [first, ...others].slice(0, MAX_REASONS).map((line) => inline(line, 500));
  const left = others.length + 1 - lines.length;
  const shown =
    others.length === 0
      ? `**Why:** ${lines[0]}`
      : [
          '**Why:**',
          '',
          ...lines.map((line) => `- ${line}`),
          ...(left > 0 ? [`- … and ${left} more`] : []),
        ].join('\n');
  return `${shown}\n\nWhen that is mended, ask again: comment ${code('/baton run')}, or take the label off and put it on again.`;
}
