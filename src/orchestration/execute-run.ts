import { advance } from '../domain/advance.ts';
import type { Decision } from '../domain/decision.ts';
import type { RunEvent } from '../domain/event.ts';
import { joinOutcomes } from '../domain/join-outcomes.ts';
import { keptParts } from '../domain/kept-parts.ts';
import { type Outcome, type OutcomeInput, outcomeSchema, type Part } from '../domain/outcome.ts';
import {
  type BegunRun,
  type HeldRun,
  isEnded,
  type Order,
  type Run,
  type RunningRun,
} from '../domain/run.ts';
import type { Step } from '../domain/workflow.ts';
import type { Durable } from '../ports/durable.ts';
import { type Beginners, beginRun } from './begin-run.ts';
import type { AgentCall } from './perform-step.ts';
import { type Preparers, prepareEvent } from './prepare-event.ts';
import { type Reply, type SteeringMessage, steeringMessageSchema, toSteered } from './steering-message.ts';

/** How long an aborted step waits for the message that says why, in milliseconds. */
const ABORT_MESSAGE_WAIT_MS = 5000;

/** How often, and how many times, a question that could not be shown is shown again while it waits. */
const SHOW_AGAIN_MS = 60_000;
const SHOW_AGAIN_TIMES = 24 * 60;

/** No timer is set for longer, in milliseconds: a day. */
const LONGEST_WAIT_MS = 24 * 60 * SHOW_AGAIN_MS;

/** Whether everything about a run can be seen on GitHub. */
export type Shown = 'shown' | 'unshown';

/** What the loop needs of the rest. */
export interface RunLoop extends Beginners, Preparers {
  /** The agent calls that the attempt consists of; none when no agent is called. */
  readonly callsOf: (run: RunningRun) => readonly AgentCall[];
  /** The steps that are performed side by side in place of the one the run is at. */
  readonly branchesOf: (run: RunningRun) => readonly Step[];
  /** The facts on which those steps must agree. */
  readonly agreeOn: (run: RunningRun) => readonly string[];
  /** Performs the attempt the run is at; `aborted` when the signal stopped it. */
  readonly perform: (run: RunningRun, signal: AbortSignal) => Promise<Outcome | 'aborted'>;
  /** Removes what steps have written on branches of their own, if any could. Never throws: what is left harms nobody. */
  readonly removeOwnBranches: (run: BegunRun) => Promise<void>;
  /** From one ISO time to another, in milliseconds. */
  readonly msBetween: (from: string, to: string) => number;
  /** Binds a hold to exactly what is shown. */
  readonly holdDigest: (run: RunningRun, outcome: Outcome) => string;
  /** Saves the run, shows it, and answers whoever steered it; a few tries, so that the run is not kept waiting. */
  readonly report: (decision: Decision, replies: readonly Reply[], durable: Durable) => Promise<Shown>;
}

type Happening = { readonly event: RunEvent; readonly message: SteeringMessage | null };

/** Where a run is, and whether people can see that. */
interface Position {
  readonly run: Run;
  readonly shown: Shown;
  /** What people are still to be told, since it could not be shown: each report tries it again, until all is shown. */
  readonly owed: readonly Reply[];
}

/** One run from its order to its end: event, decision, report, again. Deterministic but for what `durable` remembers. */
export async function executeRun(order: Order, durable: Durable, loop: RunLoop): Promise<void> {
  let position: Position = { run: { state: 'queued', order }, shown: 'shown', owed: [] };
  while (!isEnded(position.run)) {
    position = await goOn(position, durable, loop);
  }
  await answerLateMessages(position, durable, loop);
  const { run } = position;
  if ('history' in run) {
    await durable.step('tidy', () => loop.removeOwnBranches(run));
  }
}

/** One turn of the loop. A fault of ours ends the run and is shown; it must not be left looking alive. */
async function goOn(position: Position, durable: Durable, loop: RunLoop): Promise<Position> {
  let happening: Happening | null = null;
  try {
    happening = await nextHappening(position, durable, loop);
    return happening === null
      ? await showAgain(position, durable, loop)
      : await decide(position, happening, { durable, loop });
  } catch (error) {
    const reason = `Baton cannot go on with this run: ${error instanceof Error ? error.message : String(error)}`;
    const at = await durable.step('clock', async () => loop.clock.now());
    const givenUp: Happening = { event: { kind: 'given-up', at, reason }, message: null };
    const ended = await decide(position, givenUp, { durable, loop });
    // Whoever spoke to the run when that came out is told what became of it.
    return happening === null || happening.message === null
      ? ended
      : await decide(ended, happening, { durable, loop });
  }
}

/** What could not be shown may be by now. */
async function showAgain(position: Position, durable: Durable, loop: RunLoop): Promise<Position> {
  const { run, owed } = position;
  if (run.state !== 'held' || position.shown === 'shown') {
    return position;
  }
  const shown = await loop.report({ kind: 'hold', run }, owed, durable);
  return { run, shown, owed: stillOwed(owed, shown) };
}

async function decide(
  position: Position,
  { event, message }: Happening,
  { durable, loop }: { durable: Durable; loop: RunLoop },
): Promise<Position> {
  const decision = advance(
    position.run,
    await prepareEvent(position.run, event, { durable, preparers: loop }),
  );
  const replies = message === null ? position.owed : [...position.owed, { decision, message }];
  const shown = await loop.report(decision, replies, durable);
  return {
    run: decision.run,
    shown: decision.kind === 'ignore' ? position.shown : shown,
    owed: stillOwed(replies, shown),
  };
}

function stillOwed(replies: readonly Reply[], shown: Shown): readonly Reply[] {
  return shown === 'shown' ? [] : replies;
}

/** The next thing that happens to the run; null when the step was stopped and nobody said why. */
async function nextHappening(
  { run, shown, owed }: Position,
  durable: Durable,
  loop: RunLoop,
): Promise<Happening | null> {
  if (run.state === 'held' && untilOf(run) !== null) {
    return await readMessageUntilDue({ run, shown }, durable, loop);
  }
  if (run.state === 'held') {
    return shown === 'shown'
      ? await readMessage(durable, loop, null)
      : await readMessageWhileShowing({ run, owed }, durable, loop);
  }
  const steered = await readMessage(durable, loop, 0);
  if (steered !== null) {
    return steered;
  }
  if (run.state === 'queued') {
    return { event: await beginRun(run, durable, loop), message: null };
  }
  return run.state === 'running' ? await performStep(run, durable, loop) : null;
}

/** When a held run goes on by itself; null when only a person lets it. */
function untilOf({ hold }: HeldRun): string | null {
  return hold.kind === 'escalation' ? (hold.until ?? null) : null;
}

/** A person's word, or the time that the hold waits for; null when neither has come yet. */
async function readMessageUntilDue(
  { run, shown }: { readonly run: HeldRun; readonly shown: Shown },
  durable: Durable,
  loop: RunLoop,
): Promise<Happening | null> {
  const now = await durable.step('clock', async () => {
    const at = loop.clock.now();
    return { at, leftMs: loop.msBetween(at, untilOf(run) ?? at) };
  });
  if (now.leftMs <= 0) {
    return { event: { kind: 'due', at: now.at }, message: null };
  }
  // Nobody answers what cannot be seen, so it is shown again before the rest of the wait.
  const longest = shown === 'shown' ? LONGEST_WAIT_MS : SHOW_AGAIN_MS;
  return await readMessage(durable, loop, Math.min(now.leftMs, longest));
}

/** Nobody answers a question that was never shown, and who has seen a part of it is not kept waiting for the rest. */
async function readMessageWhileShowing(
  { run, owed }: { readonly run: HeldRun; readonly owed: readonly Reply[] },
  durable: Durable,
  loop: RunLoop,
): Promise<Happening | null> {
  for (let times = 0; times < SHOW_AGAIN_TIMES; times += 1) {
    const steered = await readMessage(durable, loop, SHOW_AGAIN_MS);
    if (steered !== null) {
      return steered;
    }
    if ((await loop.report({ kind: 'hold', run }, owed, durable)) === 'shown') {
      break;
    }
  }
  return await readMessage(durable, loop, null);
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
  const ended = new Map(calls.map(({ input }, index) => [input.step, finished[index]]));
  const kept = new Map(keptParts(run).map((part) => [part.step, toKeptOutcome(part)]));
  const branches = loop.branchesOf(run).flatMap((step) => {
    const outcome = ended.get(step.id) ?? kept.get(step.id);
    return outcome === undefined ? [] : [{ step, outcome }];
  });
  return branches.length === 0 ? first : joinOutcomes(branches, loop.agreeOn(run));
}

/** What was written before, as the outcome that it was. */
function toKeptOutcome(part: Part): Outcome {
  return outcomeSchema.parse({
    kind: 'passed',
    summary: 'written by an earlier attempt',
    parts: [part],
  } satisfies OutcomeInput);
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
  return { event: toSteered(message, at), message };
}

/**
 * Whoever steered the run while it ended still gets an answer. The end was saved before this, so a message that comes
 * after the last look is taken back by its sender, who sees the end.
 */
async function answerLateMessages(position: Position, durable: Durable, loop: RunLoop): Promise<void> {
  let last = position;
  let late = await readMessage(durable, loop, 0);
  while (late !== null) {
    last = await decide(last, late, { durable, loop });
    late = await readMessage(durable, loop, 0);
  }
}
