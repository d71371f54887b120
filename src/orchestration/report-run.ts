import type { Decision } from '../domain/decision.ts';
import { isBegun, isEnded, type Run, type RunningRun } from '../domain/run.ts';
import { atPage, toSubjectName } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Durable } from '../ports/durable.ts';
import type { AnsweringStep } from '../ports/engine.ts';
import type { Log } from '../ports/log.ts';
import type { Runs } from '../ports/runs.ts';
import { ensureSurfaces } from './ensure-surfaces.ts';
import type { Shown } from './execute-run.ts';
import type { Reply, SteeringMessage } from './steering-message.ts';

/** Waits between tries to show a run that has ended, in milliseconds: until GitHub is back from most outages. */
const LAST_WAITS_MS = [1000, 5000, 30_000, 120_000, 600_000, 1_800_000];
/** Before the run goes on, or listens for the answer to what it asks: its loop sees to the rest. */
const PASSING_WAITS_MS = [1000, 5000];

/** What is remembered when all of it can be seen. The name stays: by it an answer is known after a change of version. */
export const REPORTED = { name: 'report', result: 'shown' } as const satisfies AnsweringStep;

/** What reporting needs of the rest. */
export interface Reporting {
  readonly runs: Runs;
  readonly codeHost: CodeHost;
  readonly log: Log;
  /** All that is shown of a run, in order. */
  readonly present: (run: Run) => readonly SurfaceInput[];
  /** Makes an issue of what the run needs of a person, where that is wanted. */
  readonly fileIntervention: (run: Run) => Promise<boolean>;
  /** The answer to a person who steered. */
  readonly answer: (decision: Decision, message: SteeringMessage) => readonly SurfaceInput[];
  /** Whether the attempt the run is at is over at once. */
  readonly isMomentary: (run: RunningRun) => boolean;
}

interface Way {
  readonly durable: Pick<Durable, 'step' | 'sleep'>;
  readonly reporting: Reporting;
}

/**
 * Saves the run, shows it on GitHub and answers whoever steered it, and says whether all of it can be seen. A reply that
 * was shown before changes nothing.
 */
export async function reportRun(
  decision: Decision,
  replies: readonly Reply[],
  { durable, reporting }: Way,
): Promise<Shown> {
  for (const waitMs of isEnded(decision.run) ? LAST_WAITS_MS : PASSING_WAITS_MS) {
    if ((await tryOnce(decision, replies, { durable, reporting })) === 'shown') {
      return 'shown';
    }
    await durable.sleep(waitMs);
  }
  return await tryOnce(decision, replies, { durable, reporting });
}

async function tryOnce(
  decision: Decision,
  replies: readonly Reply[],
  { durable, reporting }: Way,
): Promise<Shown> {
  return await durable.step(REPORTED.name, () => tryToReport(decision, replies, reporting));
}

async function tryToReport(
  decision: Decision,
  replies: readonly Reply[],
  reporting: Reporting,
): Promise<Shown> {
  try {
    const shown = decision.kind === 'ignore' ? true : await saveAndShow(decision, reporting);
    let answered = true;
    for (const reply of replies) {
      answered = (await showAnswer(reply, reporting)) && answered;
    }
    reporting.log.info(toLogFields(decision), 'run advanced');
    return shown && answered ? 'shown' : 'unshown';
  } catch (error) {
    reporting.log.error({ runId: decision.run.order.id, error }, 'a run could not be saved; trying again');
    return 'unshown';
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
async function saveAndShow({ kind, run }: Decision, reporting: Reporting): Promise<boolean> {
  await reporting.runs.save(run);
  if (kind === 'next' && run.state === 'running' && reporting.isMomentary(run)) {
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
