import { conditionsOf, toWorkflowGraph } from '../../catalog/graph/workflow-graph.ts';
import type { StepKind } from '../../domain/step-kind.ts';
import type { Definition } from '../../domain/workflow.ts';
import { scriptOutcomes } from './script-outcomes.ts';
import { type Walk, walk } from './walk.ts';

/** Walks a workflow with every outcome that its step kinds say their attempts can have. */
export function walkWorkflow(
  definition: Definition,
  stepKinds: ReadonlyMap<string, StepKind>,
  most?: number,
): Walk {
  const places = toWorkflowGraph(definition.workflow, stepKinds);
  const conditions = conditionsOf(places);
  const script = new Map(
    places.map((place) => [place.step.id, scriptOutcomes(place, conditions, stepKinds)] as const),
  );
  return walk({ definition, script, decisive: new Set(conditions.map(({ fact }) => fact)) }, most);
}
