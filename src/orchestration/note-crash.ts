import { crashOf } from '../domain/agent-crashes.ts';
import type { Decision } from '../domain/decision.ts';
import type { HeldRun } from '../domain/run.ts';
import type { AgentCrash } from '../domain/stop.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Durable } from '../ports/durable.ts';
import { RefusedError } from '../ports/effects.ts';
import type { Log } from '../ports/log.ts';
import type { TeamRecords } from '../ports/team-records.ts';

/** Waits between tries, in milliseconds; the run listens after that, whatever came of it. */
const WAITS_MS = [1000, 5000, 30_000];

/** What noting a crash needs of the rest. */
export interface CrashDesk {
  readonly records: Pick<TeamRecords, 'addRestart'>;
  readonly codeHost: Pick<CodeHost, 'ensure'>;
  readonly log: Log;
  /** The notification, in words for people. */
  readonly describe: (run: HeldRun, crash: AgentCrash) => SurfaceInput;
}

interface Noting {
  readonly durable: Durable;
  readonly desk: CrashDesk;
}

/** Keeps that an agent of the run has crashed; when it does not start again, people are notified. Never throws. */
export async function noteCrash({ run }: Decision, { durable, desk }: Noting): Promise<void> {
  const last = run.state === 'held' ? run.history.at(-1) : undefined;
  const crash = last === undefined ? null : crashOf(last.outcome);
  if (run.state !== 'held' || crash === null) {
    return;
  }
  for (const waitMs of WAITS_MS) {
    if ((await durable.step('note a crash', () => tryToNote(run, crash, desk))) === 'noted') {
      return;
    }
    await durable.sleep(waitMs);
  }
}

async function tryToNote(run: HeldRun, crash: AgentCrash, desk: CrashDesk): Promise<'noted' | 'not noted'> {
  try {
    await keepAndTell(run, crash, desk);
    return 'noted';
  } catch (error) {
    desk.log.error({ runId: run.order.id, error }, 'a crash could not be noted; trying again');
    return error instanceof RefusedError ? 'noted' : 'not noted';
  }
}

async function keepAndTell(run: HeldRun, crash: AgentCrash, desk: CrashDesk): Promise<void> {
  const { order, step, attempt } = run;
  const { message: why, role, crashes, waitMs } = crash;
  await desk.records.addRestart({
    work: `${order.id} ${step} ${attempt}`,
    repositoryId: order.subject.repository.id,
    member: order.member ?? null,
    role,
    crash: crashes,
    why,
    waitMs,
  });
  const fields = { runId: order.id, step, attempt, role, crashes, why, waitMs };
  if (waitMs !== null) {
    desk.log.warn(fields, 'an agent crashed; it is restarted');
    return;
  }
  await tell(run, crash, desk);
  desk.log.error(fields, 'an agent crashed too often; it is not restarted');
}

/** Where the repository wants to be told, or else, also when nothing can be said there, on what the run is about. */
async function tell(run: HeldRun, crash: AgentCrash, { codeHost, describe, log }: CrashDesk): Promise<void> {
  const { id, subject } = run.order;
  const { enabled, notify } = run.settings.team;
  const notice = describe(run, crash);
  if (enabled && notify !== undefined) {
    try {
      await codeHost.ensure({ repository: subject.repository, number: notify }, id, notice);
      return;
    } catch (error) {
      if (!(error instanceof RefusedError)) {
        throw error;
      }
      log.warn(
        { runId: id, notify, error },
        'the issue of team.notify takes no comment; it is told at the run',
      );
    }
  }
  await codeHost.ensure(subject, id, notice);
}
