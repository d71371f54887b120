import { conditionWords, SENT_BACK } from '../domain/condition.ts';
import type { StepKind } from '../domain/step-kind.ts';
import type { Workflow } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
import { findEndless } from './graph/find-endless.ts';
import { canBeDone, canGoAgain } from './graph/find-unmet.ts';
import { type Place, toWorkflowGraph } from './graph/workflow-graph.ts';
import type { Entry } from './parse-data-file.ts';
import type { YamlSource } from './yaml-source.ts';

/** Whether each step can be reached, and no loop goes round for ever. For workflows whose steps are right. */
export function checkGraph(
  { value, source }: Entry<Workflow>,
  stepKinds: ReadonlyMap<string, StepKind>,
): readonly CatalogFault[] {
  const places = toWorkflowGraph(value, stepKinds);
  return [
    ...checkReach(places, source),
    ...places.flatMap((_, index) => checkAgain(places, index, source)),
    ...checkEnds(places, source),
  ];
}

/** Each step can be done in some run. */
function checkReach(places: readonly Place[], source: YamlSource): readonly CatalogFault[] {
  const undone = new Set(places.filter((_, index) => !canBeDone(places, index)));
  return places.flatMap((place, index) =>
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
}

/** A loop can be begun, and something in it can end it: else it is never gone round, or always until a person is asked. */
function checkAgain(places: readonly Place[], index: number, source: YamlSource): readonly CatalogFault[] {
  const { id, again } = places[index]?.step ?? {};
  if (again === undefined) {
    return [];
  }
  const path = ['steps', index, 'again', 'when'];
  const { fact } = again.when;
  if (!canGoAgain(places, index)) {
    const message = `'${id}' never goes back to '${again.from}': nothing leads here ${conditionWords(again.when)}`;
    const remedy = 'Change this condition, or take `again` out.';
    return [{ file: source.file, ...source.locate(path), message, remedy }];
  }
  const from = places.findIndex(({ step }) => step.id === again.from);
  const isReportedAgain = places.slice(from, index + 1).some(({ reports }) => Object.hasOwn(reports, fact));
  if (isReportedAgain) {
    return [];
  }
  const message = `no step from '${again.from}' to '${id}' reports ${fact} again, so this goes round until a person is asked`;
  const remedy = `Let one of them report ${fact}, or go back to a step that does.`;
  return [{ file: source.file, ...source.locate(path), message, remedy }];
}

/** No loop can be gone round for ever without a person. */
function checkEnds(places: readonly Place[], source: YamlSource): readonly CatalogFault[] {
  const endless = findEndless(places.flatMap(({ ways }) => ways)).filter(({ from, to }) => to <= from);
  return endless.map(({ from, to }) => ({
    file: source.file,
    ...source.locate(['steps', from]),
    message: `the loop from '${places[from]?.step.id}' back to '${places[to]?.step.id}' has no limit`,
    remedy: 'Give it a limit, after which a person is asked.',
  }));
}

function toReason({ step }: Place, earlier: readonly Place[], undone: ReadonlySet<Place>): string {
  const { when } = step;
  if (when === undefined) {
    return 'no step leads to it';
  }
  if (when === SENT_BACK) {
    return 'no later step sends work back to it';
  }
  const reporters = earlier.filter(({ reports }) => Object.hasOwn(reports, when.fact));
  const names = reporters.map((reporter) => reporter.step.id).join(' and ');
  return reporters.every((reporter) => undone.has(reporter))
    ? `${when.fact} is reported only by ${names}, which is never done`
    : `nothing leads here ${conditionWords(when)}`;
}
