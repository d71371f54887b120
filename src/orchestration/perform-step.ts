import { type Outcome, outcomeSchema } from '../domain/outcome.ts';
import { stepOf } from '../domain/progress.ts';
import type { RunningRun } from '../domain/run.ts';
import type { StepKind, StepWorld } from '../domain/step-kind.ts';
import type { CallLimits } from '../ports/durable.ts';
import type { Log } from '../ports/log.ts';

/** What performing a step needs of the rest. */
export interface StepBench {
  readonly stepKind: (name: string) => StepKind | undefined;
  /** The verbs for one attempt. */
  readonly world: (run: RunningRun, signal: AbortSignal) => StepWorld;
  readonly log: Log;
}

/** Performs the attempt the run is at. Never throws: a step that breaks is an outcome, and never a pass. */
export async function performStep(
  run: RunningRun,
  signal: AbortSignal,
  bench: StepBench,
): Promise<Outcome | 'aborted'> {
  try {
    const { kind, step, options } = readStep(run, bench);
    const outcome = await kind.perform({ run, step, options, world: bench.world(run, signal) });
    return signal.aborted ? 'aborted' : outcomeSchema.parse(outcome);
  } catch (error) {
    if (signal.aborted) {
      return 'aborted';
    }
    bench.log.error({ runId: run.order.id, step: run.step, attempt: run.attempt, error }, 'a step broke');
    return {
      kind: 'broke',
      summary: error instanceof Error ? error.message : String(error),
      remedy: 'Look at the log of the server for this run, mend the cause, then retry.',
      retriable: true,
      verdicts: [],
    };
  }
}

/** The queue limits of the attempt the run is at; null when it calls no agent. */
export function limitsOf(run: RunningRun, bench: Pick<StepBench, 'stepKind'>): CallLimits | null {
  const step = stepOf(run, run.step);
  const kind = bench.stepKind(step.kind);
  const options = kind?.options.safeParse(step.with);
  const role = options?.success === true ? (kind?.role(options.data) ?? null) : null;
  return role === null ? null : { role, repository: String(run.order.subject.repository.id) };
}

/** Whether the attempt asks no role and no gate: then it is over before anybody could see it begin. */
export function isMomentary(run: RunningRun, bench: Pick<StepBench, 'stepKind'>): boolean {
  const step = stepOf(run, run.step);
  const kind = bench.stepKind(step.kind);
  const options = kind?.options.safeParse(step.with);
  return (
    options?.success === true && kind?.role(options.data) === null && kind.gates(options.data).length === 0
  );
}

function readStep(run: RunningRun, bench: StepBench) {
  const step = stepOf(run, run.step);
  const kind = bench.stepKind(step.kind);
  if (kind === undefined) {
    throw new RangeError(`this version of Baton has no step kind ${step.kind}`);
  }
  return { step, kind, options: kind.options.parse(step.with) };
}
