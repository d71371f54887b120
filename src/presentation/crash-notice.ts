import type { HeldRun } from '../domain/run.ts';
import type { AgentCrash } from '../domain/stop.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { code, fence } from './fence.ts';
import { inline } from './inline.ts';
import { person } from './person.ts';
import { leadingStepTitle } from './step-title.ts';

const MAX_WHY = 2000;

/** Says that the agent of a step is not started again, once for each attempt that led there. */
export function crashNotice(run: HeldRun, { role, crashes, message }: AgentCrash): SurfaceInput {
  const { order, step, attempt } = run;
  const body = [
    `### 🚨 ${inline(role, 80)} crashed and is not started again`,
    `${leadingStepTitle(run, step)} for #${order.subject.number} could not be done: the program of the agent crashed ${crashes} times, one after the other. The run of ${person(order.requestedBy)} waits; all others go on.`,
    fence(message, MAX_WHY),
    `When the cause is mended, comment ${code('/baton retry')} on #${order.subject.number}. Run ${code(order.id)}.`,
  ].join('\n\n');
  return { kind: 'comment', key: `crashed:${step}:${attempt}`, body };
}
