import { type Choice, followUp } from './choice.ts';
import { type Leg, toLegSteps } from './leg.ts';
import { replayFacts } from './progress.ts';
import type { RunningRun } from './run.ts';
import { spliceChoice } from './splice-choice.ts';
import type { Definition } from './workflow.ts';

/** A workflow that was chosen at a step of a run. */
export interface Chosen {
  readonly definition: Definition;
  readonly choice: Choice;
  /** What it is for, when it is not the whole issue. */
  readonly task: string | null;
}

/**
 * The run with a chosen workflow after its present step, as a leg of its own. The leg that it replaces takes what it
 * reported and its counters with it: they are about other work. Throws when the two do not fit together.
 */
export function putIn(run: RunningRun, { definition, choice, task }: Chosen): RunningRun {
  const spliced = spliceChoice(run.definition, run.step, definition);
  const { removed, isMereChoice } = spliced;
  const leg: Leg = {
    by: run.step,
    workflow: definition.workflow.name,
    choice,
    task,
    head: run.head,
    steps: toLegSteps(spliced.steps),
  };
  const next: RunningRun = {
    ...run,
    definition: spliced.definition,
    // Why the run is what it is does not change with a part of it.
    choice: isMereChoice ? followUp(run.choice, choice) : run.choice,
    legs: [
      ...run.legs.map(
        (other): Leg =>
          other.by === run.step || removed.has(other.by) ? { ...other, replaced: true } : other,
      ),
      leg,
    ],
    rejections: Object.fromEntries(Object.entries(run.rejections).filter(([step]) => !removed.has(step))),
  };
  return { ...next, facts: replayFacts(next) };
}
