import { isBegun, type Run } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { askedSection } from './asked-words.ts';
import { assemble, type Part } from './assemble.ts';
import { feedbackSection } from './feedback-section.ts';
import { code } from './fence.ts';
import { handedOver } from './handed-over.ts';
import { heading } from './heading.ts';
import { holdSection } from './hold-section.ts';
import { interventions } from './interventions.ts';
import { putOffLine } from './put-off.ts';
import { runFacts, sandboxWarning } from './run-facts.ts';
import { runReason } from './run-reason.ts';
import { stepsTable } from './steps-table.ts';
import { tasksTable } from './tasks.ts';
import { editNotice, hiddenNotice } from './ticket-notices.ts';
import { usageLine } from './usage-words.ts';
import { workGraph } from './work-graph.ts';

/** Below GitHub's limit of 65,536, with room for the marker that is added when it is written. */
const MAX_BYTES = 60_000;

/** The one comment that follows a run from its order to its end. */
export function progressComment(run: Run): SurfaceInput {
  const parts: Part[] = [
    `### ${heading(run)}`,
    sandboxWarning(run),
    editNotice(run),
    runFacts(run),
    hiddenNotice(run),
    runReason(run),
    ...(run.state === 'held' ? holdSection(run) : []),
    isBegun(run) ? tasksTable(run) : '',
    ...(isBegun(run) ? [workGraph(run)] : []),
    isBegun(run) ? stepsTable(run) : '',
    isBegun(run) ? usageLine(run) : '',
    isBegun(run) ? askedSection(run) : '',
    isBegun(run) ? putOffLine(run) : '',
    (maxBytes) => (run.state === 'running' ? feedbackSection(run, maxBytes) : ''),
    isBegun(run) ? interventions(run) : '',
    ...(isBegun(run) ? handedOver(run) : []),
    `---\nRun ${code(run.order.id)}. Comment ${code('/baton help')} for all commands.`,
  ];
  return { kind: 'comment', key: 'progress', body: assemble(parts, MAX_BYTES) };
}
