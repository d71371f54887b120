import type { FactSpecs } from '../domain/fact.ts';
import type { StepKind } from '../domain/step-kind.ts';
import type { Step } from '../domain/workflow.ts';
import type { CatalogFault } from './fault.ts';
import type { YamlSource } from './yaml-source.ts';

/** The steps of a workflow up to one, and what their kinds are. */
interface Course {
  readonly steps: readonly Step[];
  readonly index: number;
  readonly stepKinds: ReadonlyMap<string, StepKind>;
}

/**
 * Whether an earlier step reports the fact that a step depends on, with a value of the right type. A step that judges
 * depends on none: an agent's words would decide whether its work is judged.
 */
export function checkCondition(source: YamlSource, course: Course): readonly CatalogFault[] {
  const step = course.steps[course.index];
  if (step?.when === undefined) {
    return [];
  }
  const { when } = step;
  const reported = reportedBefore(course);
  const spec = Object.hasOwn(reported, when.fact) ? reported[when.fact] : undefined;
  const place = { file: source.file, ...source.locate(['steps', course.index, 'when']) };
  if (isJudging(step, course)) {
    const remedy = 'Take `when` out: a gate that does not apply says so itself.';
    return [{ ...place, message: 'gates cannot depend on what an agent reports', remedy }];
  }
  if (spec === undefined) {
    const names = Object.keys(reported).join(', ');
    const remedy = `Let an earlier agent step report it under \`with.facts\`${names === '' ? '' : `, or use one of ${names}`}.`;
    return [
      { ...place, message: `the condition depends on ${when.fact}, which no earlier step reports`, remedy },
    ];
  }
  if (typeof when.is !== spec.type) {
    const message = `${when.fact} is a ${spec.type}, so it is never ${JSON.stringify(when.is)}`;
    return [{ ...place, message, remedy: `Compare it with a ${spec.type}.` }];
  }
  if (spec.oneOf?.includes(String(when.is)) === false) {
    const message = `${when.fact} is never ${JSON.stringify(when.is)}`;
    return [{ ...place, message, remedy: `Compare it with one of ${spec.oneOf.join(', ')}.` }];
  }
  return [];
}

function isJudging(step: Step, { stepKinds }: Course): boolean {
  const kind = stepKinds.get(step.kind);
  const options = kind?.options.safeParse(step.with);
  return kind !== undefined && options?.success === true && kind.gates(options.data).length > 0;
}

function reportedBefore({ steps, index, stepKinds }: Course): FactSpecs {
  return Object.assign(
    {},
    ...steps.slice(0, index).map((step) => factsOf(step, stepKinds.get(step.kind), stepKinds)),
  );
}

function factsOf(step: Step, kind: StepKind | undefined, stepKinds: Course['stepKinds']): FactSpecs {
  const options = kind?.options.safeParse(step.with);
  // Options that are wrong are a fault of their own.
  if (kind === undefined || options?.success !== true) {
    return {};
  }
  const branches = kind
    .branches(options.data)
    .map((branch) => factsOf(branch, stepKinds.get(branch.kind), stepKinds));
  return Object.assign({}, kind.facts(options.data), ...branches);
}
