import type { Decision } from '../domain/decision.ts';
import { isBegun } from '../domain/run.ts';
import { toSubjectName } from '../domain/subject.ts';

/** What an operator follows a run by. */
export function toAdvanceFields(decision: Decision): Record<string, unknown> {
  const { run } = decision;
  const history = isBegun(run) ? run.history : [];
  const done = history.findLastIndex(({ outcome }) => outcome.kind !== 'skipped');
  const last = history[done];
  const passedOver = history.slice(done + 1).map(({ step }) => step);
  return {
    runId: run.order.id,
    subject: toSubjectName(run.order.subject),
    workflow: isBegun(run) ? run.definition.workflow.name : run.order.workflow,
    decision: decision.kind,
    state: run.state,
    ...('step' in run ? { step: run.step, attempt: run.attempt } : {}),
    ...(last === undefined
      ? {}
      : {
          last: {
            step: last.step,
            attempt: last.attempt,
            outcome: last.outcome.kind,
            summary: last.outcome.summary,
          },
        }),
    ...(passedOver.length === 0 ? {} : { passedOver }),
  };
}
