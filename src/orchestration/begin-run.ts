import type { RunEvent } from '../domain/event.ts';
import type { QueuedRun } from '../domain/run.ts';
import type { Repository } from '../domain/subject.ts';
import type { Clock } from '../ports/clock.ts';
import type { Durable } from '../ports/durable.ts';
import { NoBaseError } from '../ports/workspace.ts';

/** The default branch and its newest commit. Throws `NoBaseError` when there is none, else when it cannot be had now. */
export type ReadBase = (repository: Repository) => Promise<{ readonly ref: string; readonly sha: string }>;

/** Waits between tries to read the base, in milliseconds. */
const WAITS_MS = [2000, 10_000, 60_000];

/** What came of trying to begin; `final` when trying again would not help. */
interface Beginning {
  readonly event: RunEvent;
  readonly final: boolean;
}

/** Finds the commit the run builds on. A repository that cannot be read is a reason the run does not begin. */
export async function beginRun(
  run: QueuedRun,
  durable: Durable,
  { readBase, clock }: { readBase: ReadBase; clock: Clock },
): Promise<RunEvent> {
  let beginning = await durable.step('begin', () => tryToBegin(run, readBase, clock));
  for (const waitMs of beginning.final ? [] : WAITS_MS) {
    await durable.sleep(waitMs);
    beginning = await durable.step('begin', () => tryToBegin(run, readBase, clock));
    if (beginning.final) {
      break;
    }
  }
  return beginning.event;
}

async function tryToBegin(run: QueuedRun, readBase: ReadBase, clock: Clock): Promise<Beginning> {
  try {
    const base = await readBase(run.order.subject.repository);
    return { event: { kind: 'begun', at: clock.now(), base }, final: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { event: { kind: 'not-begun', at: clock.now(), reason }, final: error instanceof NoBaseError };
  }
}
