import type { Decision } from '../domain/decision.ts';
import type { Run, RunningRun } from '../domain/run.ts';
import { atPage } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Engine } from '../ports/engine.ts';
import type { Log } from '../ports/log.ts';
import type { Runs } from '../ports/runs.ts';
import { ensureSurfaces, type Showing } from './ensure-surfaces.ts';
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

/** Tries once to save the run, and says whether it is: nothing is said that is not saved. */
export async function tryToSave(
  decision: Decision,
  { runs, log }: Pick<Reporting, 'runs' | 'log'>,
): Promise<boolean> {
  try {
    if (decision.kind !== 'ignore') {
      await runs.save(decision.run);
    }
    return true;
  } catch (error) {
    log.error({ runId: decision.run.order.id, error }, 'a run could not be saved; trying again');
    return false;
  }
}

/** Tries once to show what is saved of the run, and to answer people. What cannot be shown holds up nothing behind it. */
export async function tryToTell(
  { decision, replies }: Report,
  reporting: Reporting,
  mayShow?: Showing['mayShow'],
): Promise<Shown> {
  const { id } = decision.run.order;
  const parts = [
    () => showRun(decision, reporting, mayShow),
    ...replies.map((reply) => () => showAnswer(reply, reporting)),
  ];
  let shown = true;
  for (const part of parts) {
    shown = (await tryToShow(part, { id, log: reporting.log })) && shown;
  }
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

/** On the way into an attempt that is over at once nothing is shown: its end shows everything a moment later. */
async function showRun(
  { kind, run }: Decision,
  reporting: Reporting,
  mayShow: Showing['mayShow'],
): Promise<boolean> {
  if (kind === 'ignore' || (kind === 'next' && run.state === 'running' && reporting.isMomentary(run))) {
    return true;
  }
  const shown = await ensureSurfaces(
    { subject: run.order.subject, owner: run.order.id, surfaces: reporting.present(run), mayShow },
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
