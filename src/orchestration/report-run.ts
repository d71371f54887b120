import type { Decision } from '../domain/decision.ts';
import { isBegun, isEnded, type Run, type RunningRun } from '../domain/run.ts';
import { atPage, toSubjectName } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Durable } from '../ports/durable.ts';
import type { Log } from '../ports/log.ts';
import type { Runs } from '../ports/runs.ts';
import { ensureSurfaces } from './ensure-surfaces.ts';
import type { SteeringMessage } from './steering-message.ts';

/** Waits between tries to show a run that has ended, in milliseconds: until GitHub is back from most outages. */
const LAST_WAITS_MS = [1000, 5000, 30_000, 120_000, 600_000, 1_800_000];
/** While the run goes on, the next report shows everything again, so a few tries are enough. */
const PASSING_WAITS_MS = [1000, 5000];

/** Nobody can answer a question that was never shown; once GitHub is back it is asked within a minute. */
const HELD_WAITS_MS = [1000, 5000, ...Array.from({ length: 120 }, () => 60_000)];

/** What reporting needs of the rest. */
export interface Reporting {
  readonly runs: Runs;
  readonly codeHost: CodeHost;
  readonly log: Log;
  /** All that is shown of a run, in order. */
  readonly present: (run: Run) => readonly SurfaceInput[];
  /** The answer to a person who steered. */
  readonly answer: (decision: Decision, message: SteeringMessage) => readonly SurfaceInput[];
  /** Whether the attempt the run is at is over at once. */
  readonly isMomentary: (run: RunningRun) => boolean;
}

/** Saves the run, shows it on GitHub and answers whoever steered it. What is stored is what is shown. */
export async function reportRun(
  decision: Decision,
  message: SteeringMessage | null,
  { durable, reporting }: { durable: Durable; reporting: Reporting },
): Promise<void> {
  for (const waitMs of [...waitsFor(decision.run), null]) {
    const shown = await durable.step('report', () => tryToReport(decision, message, reporting));
    if (shown === 'shown' || waitMs === null) {
      return;
    }
    await durable.sleep(waitMs);
  }
}

function waitsFor(run: Run): readonly number[] {
  if (isEnded(run)) {
    return LAST_WAITS_MS;
  }
  return run.state === 'held' ? HELD_WAITS_MS : PASSING_WAITS_MS;
}

async function tryToReport(
  decision: Decision,
  message: SteeringMessage | null,
  reporting: Reporting,
): Promise<'shown' | 'unshown'> {
  try {
    const shown = decision.kind === 'ignore' ? true : await saveAndShow(decision, reporting);
    const answered = message === null ? true : await showAnswer(decision, message, reporting);
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
  const last = isBegun(run) ? run.history.at(-1) : undefined;
  return {
    runId: run.order.id,
    subject: toSubjectName(run.order.subject),
    workflow: run.order.definition.workflow.name,
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
  };
}

/** On the way into an attempt that is over at once nothing is shown: its end shows everything a moment later. */
async function saveAndShow({ kind, run }: Decision, reporting: Reporting): Promise<boolean> {
  await reporting.runs.save(run);
  if (kind === 'next' && run.state === 'running' && reporting.isMomentary(run)) {
    return true;
  }
  return await ensureSurfaces(
    { subject: run.order.subject, owner: run.order.id, surfaces: reporting.present(run) },
    reporting,
  );
}

async function showAnswer(
  decision: Decision,
  message: SteeringMessage,
  reporting: Reporting,
): Promise<boolean> {
  const surfaces = reporting.answer(decision, message);
  return await ensureSurfaces(
    { subject: atPage(decision.run.order.subject, message.page), owner: message.intentKey, surfaces },
    reporting,
  );
}
