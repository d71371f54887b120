import { trailingBreaks } from '../../domain/advance-by-outcome.ts';
import { countRounds } from '../../domain/move-on.ts';
import { isBegun, isEnded, type Run } from '../../domain/run.ts';
import type { Workflow } from '../../domain/workflow.ts';

/**
 * All of a run that decides where it can lead, as text: two runs with the same are one to the simulation. Its history
 * is left out but for what is counted.
 */
export function toSituation(run: Run, { steps }: Workflow, decisive: ReadonlySet<string>): string {
  if (isEnded(run) || !isBegun(run)) {
    return run.state;
  }
  const facts = Object.entries(run.facts).filter(([name]) => decisive.has(name));
  const rounds = steps.flatMap((step) =>
    step.again === undefined ? [] : [Math.min(countRounds(run, step), step.again.atMost + 1)],
  );
  return JSON.stringify([
    run.state,
    run.step,
    run.state === 'held' ? toAsked(run.hold) : trailingBreaks(run),
    toSorted(Object.entries(run.rejections)),
    toSorted(facts),
    rounds,
  ]);
}

function toAsked(hold: Extract<Run, { state: 'held' }>['hold']): readonly unknown[] {
  return hold.kind === 'escalation'
    ? [hold.kind, hold.trigger, hold.resumeAt, hold.options.map(({ title }) => title)]
    : [hold.kind];
}

function toSorted(entries: readonly (readonly [string, unknown])[]): readonly string[] {
  return entries.map((entry) => JSON.stringify(entry)).toSorted();
}
