import { keptParts } from '../domain/kept-parts.ts';
import { type Outcome, type OutcomeInput, outcomeSchema } from '../domain/outcome.ts';
import { stepOf } from '../domain/progress.ts';
import type { RunningRun } from '../domain/run.ts';
import type { StepKind, StepWorld } from '../domain/step-kind.ts';
import type { AgentCrash, Stop } from '../domain/stop.ts';
import { toStoppedOutcome } from '../domain/to-stopped-outcome.ts';
import type { Step } from '../domain/workflow.ts';
import type { CallLimits } from '../ports/durable.ts';
import type { Log } from '../ports/log.ts';
import type { Used } from './meter-attempt.ts';

/** What performing a step needs of the rest. */
export interface StepBench {
  readonly stepKind: (name: string) => StepKind | undefined;
  /** The verbs for one attempt, and what its agents have used. */
  readonly world: (run: RunningRun, signal: AbortSignal) => AttemptWorld;
  readonly log: Log;
  /** What follows when the agent of an attempt has crashed. */
  readonly afterCrash: (run: RunningRun, crash: Pick<AgentCrash, 'message' | 'role'>) => AgentCrash;
}

/** What one attempt is performed with. */
export interface AttemptWorld {
  readonly verbs: StepWorld;
  readonly used: () => Used;
}

/** Performs the attempt the run is at. Never throws: a step that breaks is an outcome, and never a pass. */
export async function performStep(
  run: RunningRun,
  signal: AbortSignal,
  bench: StepBench,
): Promise<Outcome | 'aborted'> {
  const { verbs, used } = bench.world(run, signal);
  try {
    const { kind, step, options } = readStep(run, bench);
    const outcome = await kind.perform({ run, step, options, world: verbs });
    return signal.aborted
      ? 'aborted'
      : outcomeSchema.parse(withUsed(outcome, toUsed(run, outcome, { used: used(), bench })));
  } catch (error) {
    if (signal.aborted) {
      return 'aborted';
    }
    bench.log.error({ runId: run.order.id, step: run.step, attempt: run.attempt, error }, 'a step broke');
    const broke: OutcomeInput = {
      kind: 'broke',
      summary: error instanceof Error ? error.message : String(error),
      remedy: 'Look at the log of the server for this run, mend the cause, then retry.',
      retriable: true,
    };
    return outcomeSchema.parse(withUsed(broke, toUsed(run, broke, { used: used(), bench })));
  }
}

interface Stopped extends Pick<Used, 'usage' | 'asked'> {
  /** What stopped an agent; null when none was stopped. */
  readonly stop: Stop | null;
}

/** A model's refusal lasts, whatever crashed because of it; a step can do without an agent that crashed. */
function toUsed(
  run: RunningRun,
  outcome: OutcomeInput,
  { used, bench }: { readonly used: Used; readonly bench: Pick<StepBench, 'afterCrash'> },
): Stopped {
  const { usage, asked, refusal, crash } = used;
  const role = asked.at(-1)?.role ?? run.step;
  const crashed = crash === null || outcome.kind !== 'broke' ? null : { message: crash, role };
  return { usage, asked, stop: refusal ?? (crashed === null ? null : bench.afterCrash(run, crashed)) };
}

/** The outcome with what it cost. Where an agent was stopped, whatever came of that does not count. */
function withUsed(outcome: OutcomeInput, { usage, stop, asked }: Stopped): OutcomeInput {
  return {
    ...(stop === null ? outcome : toStoppedOutcome(stop)),
    ...(usage === null ? {} : { usage }),
    ...(asked.length === 0 ? {} : { asked: [...asked] }),
  };
}

/** One call of an agent: the run as that call sees it, and the limits it waits for. */
export interface AgentCall {
  readonly run: RunningRun;
  readonly limits: CallLimits;
}

/** The agent calls that the attempt consists of, in the order of the workflow; none when no agent is called. */
export function callsOf(run: RunningRun, bench: Pick<StepBench, 'stepKind'>): readonly AgentCall[] {
  const branches = branchesOf(run, bench);
  const kept = new Set(keptParts(run).map(({ step }) => step));
  const open = branches.filter(({ id }) => !kept.has(id));
  const runs = branches.length === 0 ? [run] : open.map((branch) => toBranchRun(run, branch));
  return runs.flatMap((view) => {
    const role = readOptions(view, bench)?.role ?? null;
    const repository = String(run.order.subject.repository.id);
    return role === null ? [] : [{ run: view, limits: { role, repository } }];
  });
}

/** The steps that are performed side by side in place of the one the run is at; empty for most. */
export function branchesOf(run: RunningRun, bench: Pick<StepBench, 'stepKind'>): readonly Step[] {
  return readOptions(run, bench)?.branches ?? [];
}

/** The facts on which the branches must agree; empty for most. */
export function agreeOn(run: RunningRun, bench: Pick<StepBench, 'stepKind'>): readonly string[] {
  return readOptions(run, bench)?.agree ?? [];
}

/** Whether the attempt asks no role and no gate: then it is over before anybody could see it begin. */
export function isMomentary(run: RunningRun, bench: Pick<StepBench, 'stepKind'>): boolean {
  const read = readOptions(run, bench);
  return read !== null && read.role === null && !read.judges && read.branches.length === 0;
}

/** The run as one branch sees it: at that branch, which stands in the workflow like any other step. */
function toBranchRun(run: RunningRun, branch: Step): RunningRun {
  const { definition } = run;
  const { workflow } = definition;
  const { chosenBy } = stepOf(run, run.step);
  const steps = [...workflow.steps, { ...branch, ...(chosenBy === undefined ? {} : { chosenBy }) }];
  return { ...run, step: branch.id, definition: { ...definition, workflow: { ...workflow, steps } } };
}

/** What the options of the present step name; null when they are wrong, which performing the step will say. */
function readOptions(run: RunningRun, bench: Pick<StepBench, 'stepKind'>) {
  const step = stepOf(run, run.step);
  const kind = bench.stepKind(step.kind);
  const options = kind?.options.safeParse(step.with);
  if (kind === undefined || options?.success !== true) {
    return null;
  }
  return {
    role: kind.role(options.data),
    judges: kind.gates(options.data).length > 0,
    branches: kind.branches(options.data),
    agree: kind.agree(options.data),
  };
}

function readStep(run: RunningRun, bench: StepBench) {
  const step = stepOf(run, run.step);
  const kind = bench.stepKind(step.kind);
  if (kind === undefined) {
    throw new RangeError(`this version of Baton has no step kind ${step.kind}`);
  }
  return { step, kind, options: kind.options.parse(step.with) };
}
