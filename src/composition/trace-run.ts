import { isBegun, isEnded, type Run, type RunningRun } from '../domain/run.ts';
import type { Traces } from '../ports/traces.ts';

/** Records that an attempt at a step has ended. */
export function traceStep(
  traces: Traces,
  { order, step, attempt }: RunningRun,
  { outcome, ms }: { readonly outcome: string; readonly ms: number },
): void {
  traces.record({
    trace: order.id,
    agent: 'orchestrator',
    step,
    attempt,
    call: null,
    happened: { type: 'task_completed', task: step, outcome, ms: Math.round(ms) },
  });
}

/** Records that a run has ended; nothing for one that goes on. */
export function traceEnd(traces: Traces, run: Run): void {
  if (!isEnded(run)) {
    return;
  }
  const task = isBegun(run) ? run.definition.workflow.name : (run.order.workflow ?? 'run');
  const ms = Math.max(0, Date.parse(run.endedAt) - Date.parse(run.order.requestedAt));
  traces.record({
    trace: run.order.id,
    agent: 'orchestrator',
    step: null,
    attempt: null,
    call: null,
    happened: { type: 'task_completed', task, outcome: run.state, ms },
  });
}
