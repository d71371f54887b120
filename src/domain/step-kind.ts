import type { z } from 'zod';
import type { OutcomeInput } from './outcome.ts';
import type { RunningRun } from './run.ts';
import type { Step } from './workflow.ts';

/** One attempt at one step: all that a step kind is given. `World` is the narrow set of ports the kind asks for. */
export interface Attempt<Options, World> {
  readonly run: RunningRun;
  readonly step: Step;
  readonly options: Options;
  readonly world: World;
  /** Fires when the run is cancelled or this process must stop; the kind ends its work within a second. */
  readonly signal: AbortSignal;
}

/** A kind of step. It may be performed again after a crash, so whatever it writes goes through idempotent ports. */
export interface StepKind<Name extends string = string, Options = unknown, World = never> {
  /** Equals the file name. */
  readonly name: Name;
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  /** The role it asks, which decides the queues it waits in; null when no agent is called. */
  role(options: Options): string | null;
  /** May throw: a throw becomes a `broke` outcome, never a pass. */
  perform(attempt: Attempt<Options, World>): Promise<OutcomeInput>;
}

/** Declares a step kind. */
export function defineStepKind<const Name extends string, Options, World>(
  kind: StepKind<Name, Options, World>,
): StepKind<Name, Options, World> {
  return kind;
}
