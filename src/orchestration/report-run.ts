import { isEnded } from '../domain/run.ts';
import type { Durable } from '../ports/durable.ts';
import type { AnsweringStep } from '../ports/engine.ts';
import type { Shown } from './execute-run.ts';
import { handOver } from './report-late.ts';
import { type Report, type Reporting, tryToSave, tryToTell } from './report-once.ts';
import { toAdvanceFields } from './to-advance-fields.ts';

/**
 * Waits between tries to show a run that has ended, in milliseconds: until GitHub is back from most outages. Its subject
 * waits meanwhile, so what is not shown by then is told by a workflow of its own.
 */
const LAST_WAITS_MS = [1000, 5000, 30_000, 120_000, 600_000, 1_800_000];
/** Before the run goes on, or listens for the answer to what it asks: its loop sees to the rest. */
const PASSING_WAITS_MS = [1000, 5000];

/**
 * What is remembered when all of it can be seen, or is seen to. The name stays: by it an answer is known after a change of
 * version.
 */
export const REPORTED = { name: 'report', result: 'shown' } as const satisfies AnsweringStep;

/** What reporting is done by. */
interface Way {
  readonly durable: Pick<Durable, 'step' | 'sleep'>;
  readonly reporting: Reporting;
}

/**
 * Saves the run, shows it on GitHub and answers whoever steered it, and says whether all of it can be seen. A reply that
 * was shown before changes nothing. What is left of a run that has ended is told later.
 */
export async function reportRun(report: Report, { durable, reporting }: Way): Promise<Shown> {
  const ended = isEnded(report.decision.run);
  for (const waitMs of ended ? LAST_WAITS_MS : PASSING_WAITS_MS) {
    if ((await durable.step(REPORTED.name, () => tryToReport(report, reporting))) === 'shown') {
      return 'shown';
    }
    await durable.sleep(waitMs);
  }
  return await durable.step(REPORTED.name, () =>
    ended ? reportOrHandOver(report, reporting) : tryToReport(report, reporting),
  );
}

async function tryToReport(report: Report, reporting: Reporting): Promise<Shown> {
  const { decision } = report;
  if (!(await tryToSave(decision, reporting))) {
    return 'unshown';
  }
  const shown = await tryToTell(report, reporting);
  reporting.log.info(toAdvanceFields(decision), 'run advanced');
  return shown;
}

/** In the step that reports, so that what an earlier version has on record is replayed as it was. */
async function reportOrHandOver(report: Report, reporting: Reporting): Promise<Shown> {
  if ((await tryToReport(report, reporting)) === 'shown') {
    return 'shown';
  }
  try {
    await handOver(report, reporting);
    return 'shown';
  } catch (error) {
    const { id } = report.decision.run.order;
    reporting.log.error({ runId: id, error }, 'what GitHub did not take could not be kept for later');
    return 'unshown';
  }
}
