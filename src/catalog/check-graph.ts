import { conditionWords } from '../domain/condition.ts';
import type { StepKind } from '../domain/step-kind.ts';
import type { Workflow } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
import { findEndless } from './graph/find-endless.ts';
import { canBeDone } from './graph/find-unmet.ts';
import { type Place, toWorkflowGraph } from './graph/workflow-graph.ts';
import type { Entry } from './parse-data-file.ts';

/** Whether each step can be reached, and no loop goes round for ever. For workflows whose steps are right. */
export function checkGraph(
  { value, source }: Entry<Workflow>,
  stepKinds: ReadonlyMap<string, StepKind>,
): readonly CatalogFault[] {
  const places = toWorkflowGraph(value, stepKinds);
  const undone = new Set(places.filter((_, index) => !canBeDone(places, index)));
  const unreached = places.flatMap((place, index) =>
    undone.has(place)
      ? [
          {
            file: source.file,
            ...source.locate(['steps', index, 'when']),
            message: `'${place.step.id}' is never done: ${toReason(place, places.slice(0, index), undone)}`,
            remedy: 'Change this condition or those before it, or take the step out.',
          },
        ]
      : [],
  );
  const endless = findEndless(places.flatMap(({ ways }) => ways)).filter(({ from, to }) => to <= from);
  const loops = endless.map(({ from, to }) => ({
    file: source.file,
    ...source.locate(['steps', from]),
    message: `the loop from '${places[from]?.step.id}' back to '${places[to]?.step.id}' has no limit`,
    remedy: 'Give it a limit, after which a person is asked.',
  }));
  return [...unreached, ...loops];
}

function toReason({ step }: Place, earlier: readonly Place[], undone: ReadonlySet<Place>): string {
  const { when } = step;
  if (when === undefined) {
    return 'no step leads to it';
  }
  const reporters = earlier.filter(({ reports }) => Object.hasOwn(reports, when.fact));
  const names = reporters.map((reporter) => reporter.step.id).join(' and ');
  return reporters.every((reporter) => undone.has(reporter))
    ? `${when.fact} is reported only by ${names}, which is never done`
    : `nothing leads here ${conditionWords(when)}`;
}
