import type { Decision } from '../domain/decision.ts';
import { isBegun, type Run, type RunningRun } from '../domain/run.ts';
import { atPage, toSubjectName } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Engine } from '../ports/engine.ts';
import type { Log } from '../ports/log.ts';
import type { Runs } from '../ports/runs.ts';
import { ensureSurfaces } from './ensure-surfaces.ts';
import type { Shown } from './execute-run.ts';
import type { Reply, SteeringMessage } from './steering-message.ts';

/** What reporting needs of the rest. */
export interface Reporting {
  readonly runs: Runs;
  readonly codeHost: CodeHost;
  readonly log: Log;
  readonly engine: Pick<Engine, 'start'>;
  /** All that is shown of a run, in order. */
  readonly present: (run: Run) => readonly SurfaceInput[];
  /** Makes an issue of what the run needs of a person, where that is wanted. */
  readonly fileIntervention: (run: Run) => Promise<boolean>;
  /** The answer to a person who steered. */
  readonly answer: (decision: Decision, message: SteeringMessage) => readonly SurfaceInput[];
  /** Whether the attempt the run is at is over at once. */
  readonly isMomentary: (run: RunningRun) => boolean;
}

/** What became of a run, and who is to be answered with it. */
export interface Report {
  readonly decision: Decision;
  readonly replies: readonly Reply[];
}

/**
 * Tries once to save the run, show it and answer people. Nothing is said that is not saved; what cannot be shown holds up
 * nothing behind it.
 */
export async function tryToReport({ decision, replies }: Report, reporting: Reporting): Promise<Shown> {
  const { id } = decision.run.order;
  try {
    if (decision.kind !== 'ignore') {
      await reporting.runs.save(decision.run);
    }
  } catch (error) {
    reporting.log.error({ runId: id, error }, 'a run could not be saved; trying again');
    return 'unshown';
  }
  const parts = [
    () => showRun(decision, reporting),
    ...replies.map((reply) => () => showAnswer(reply, reporting)),
  ];
  let shown = true;
  for (const part of parts) {
    shown = (await tryToShow(part, { id, log: reporting.log })) && shown;
  }
  reporting.log.info(toLogFields(decision), 'run advanced');
  return shown ? 'shown' : 'unshown';
}

async function tryToShow(
  show: () => Promise<boolean>,
  { id, log }: { readonly id: string; readonly log: Log },
): Promise<boolean> {
  try {
    return await show();
  } catch (error) {
    log.error({ runId: id, error }, 'a part of what is said of a run could not be made; trying again');
    return false;
  }
}

/** What an operator follows a run by. */
function toLogFields(decision: Decision): Record<string, unknown> {
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

/** On the way into an attempt that is over at once nothing is shown: its end shows everything a moment later. */
async function showRun({ kind, run }: Decision, reporting: Reporting): Promise<boolean> {
  if (kind === 'ignore' || (kind === 'next' && run.state === 'running' && reporting.isMomentary(run))) {
    return true;
  }
  const shown = await ensureSurfaces(
    { subject: run.order.subject, owner: run.order.id, surfaces: reporting.present(run) },
    reporting,
  );
  return (await reporting.fileIntervention(run)) && shown;
}

async function showAnswer({ decision, message }: Reply, reporting: Reporting): Promise<boolean> {
  const surfaces = reporting.answer(decision, message);
  return await ensureSurfaces(
    { subject: atPage(decision.run.order.subject, message.page), owner: message.intentKey, surfaces },
    reporting,
  );
}
