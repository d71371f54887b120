import { advance } from '../domain/advance.ts';
import type { Decision } from '../domain/decision.ts';
import type { RunEvent } from '../domain/event.ts';
import { joinOutcomes } from '../domain/join-outcomes.ts';
import type { Outcome } from '../domain/outcome.ts';
import { isEnded, type Order, type Run, type RunningRun } from '../domain/run.ts';
import type { Step } from '../domain/workflow.ts';
import type { Clock } from '../ports/clock.ts';
import type { Durable } from '../ports/durable.ts';
import { beginRun, type ReadBase } from './begin-run.ts';
import type { AgentCall } from './perform-step.ts';
import { type SteeringMessage, steeringMessageSchema } from './steering-message.ts';

/** How long an aborted step waits for the message that says why, in milliseconds. */
const ABORT_MESSAGE_WAIT_MS = 5000;

/** What the loop needs of the rest. */
export interface RunLoop {
  readonly clock: Clock;
  readonly readBase: ReadBase;
  /** The agent calls that the attempt consists of; none when no agent is called. */
  readonly callsOf: (run: RunningRun) => readonly AgentCall[];
  /** The steps that are performed side by side in place of the one the run is at. */
  readonly branchesOf: (run: RunningRun) => readonly Step[];
  /** Performs the attempt the run is at; `aborted` when the signal stopped it. */
  readonly perform: (run: RunningRun, signal: AbortSignal) => Promise<Outcome | 'aborted'>;
  /** Binds a hold to exactly what is shown. */
  readonly holdDigest: (run: RunningRun, outcome: Outcome) => string;
  /** Saves the run, shows it, and answers whoever steered it. Retried until it holds. */
  readonly report: (decision: Decision, message: SteeringMessage | null, durable: Durable) => Promise<void>;
}

type Happening = { readonly event: RunEvent; readonly message: SteeringMessage | null };

/** One run from its order to its end: event, decision, report, again. Deterministic but for what `durable` remembers. */
export async function executeRun(order: Order, durable: Durable, loop: RunLoop): Promise<void> {
  let run: Run = { state: 'queued', order };
  while (!isEnded(run)) {
    run = await goOn(run, durable, loop);
  }
  await answerLateMessages(run, durable, loop);
}

/** One turn of the loop. A fault of ours ends the run and is shown; it must not be left looking alive. */
async function goOn(run: Run, durable: Durable, loop: RunLoop): Promise<Run> {
  try {
    const happening = await nextHappening(run, durable, loop);
    return happening === null ? run : await decide(run, happening, { durable, loop });
  } catch (error) {
    const reason = `Baton cannot go on with this run: ${error instanceof Error ? error.message : String(error)}`;
    const at = await durable.step('clock', async () => loop.clock.now());
    return await decide(run, { event: { kind: 'given-up', at, reason }, message: null }, { durable, loop });
  }
}

async function decide(
  run: Run,
  { event, message }: Happening,
  { durable, loop }: { durable: Durable; loop: RunLoop },
): Promise<Run> {
  const decision = advance(run, event);
  await loop.report(decision, message, durable);
  return decision.run;
}

/** The next thing that happens to the run; null when the step was stopped and nobody said why. */
async function nextHappening(run: Run, durable: Durable, loop: RunLoop): Promise<Happening | null> {
  const steered = await readMessage(durable, loop, run.state === 'held' ? null : 0);
  if (steered !== null) {
    return steered;
  }
  if (run.state === 'queued') {
    return { event: await beginRun(run, durable, loop), message: null };
  }
  return run.state === 'running' ? await performStep(run, durable, loop) : null;
}

async function performStep(run: RunningRun, durable: Durable, loop: RunLoop): Promise<Happening | null> {
  const outcome = await performAttempt(run, durable, loop);
  if (outcome === 'aborted') {
    return await readMessage(durable, loop, ABORT_MESSAGE_WAIT_MS);
  }
  const at = await durable.step('clock', async () => loop.clock.now());
  const { step, attempt } = run;
  return {
    event: { kind: 'step-finished', at, step, attempt, outcome, digest: loop.holdDigest(run, outcome) },
    message: null,
  };
}

/** In this process, or as calls on the queues; several calls are made at the same time and joined. */
async function performAttempt(
  run: RunningRun,
  durable: Durable,
  loop: RunLoop,
): Promise<Outcome | 'aborted'> {
  const calls = loop.callsOf(run).map((call) => ({
    name: `${call.run.step} ${run.attempt}`,
    input: call.run,
    limits: call.limits,
  }));
  if (calls.length === 0) {
    return await durable.step(`${run.step} ${run.attempt}`, (signal) => loop.perform(run, signal));
  }
  const outcomes = await durable.callAll<Outcome | 'aborted'>(calls);
  const finished = outcomes.filter((outcome) => outcome !== 'aborted');
  const [first] = finished;
  if (first === undefined || finished.length < outcomes.length) {
    return 'aborted';
  }
  const branches = loop.branchesOf(run).flatMap((step, index) => {
    const outcome = finished[index];
    return outcome === undefined ? [] : [{ step, outcome }];
  });
  return branches.length === 0 ? first : joinOutcomes(branches);
}

async function readMessage(
  durable: Durable,
  loop: RunLoop,
  waitMs: number | null,
): Promise<Happening | null> {
  const received = steeringMessageSchema.safeParse(await durable.receive(waitMs));
  if (!received.success) {
    return null;
  }
  const message = received.data;
  const at = await durable.step('clock', async () => loop.clock.now());
  return { event: { kind: 'steered', at, by: message.by, steer: message.steer }, message };
}

/** Whoever steered the run while it ended still gets an answer. */
async function answerLateMessages(run: Run, durable: Durable, loop: RunLoop): Promise<void> {
  let late = await readMessage(durable, loop, 0);
  while (late !== null) {
    await decide(run, late, { durable, loop });
    late = await readMessage(durable, loop, 0);
  }
}
