import { type Condition, SENT_BACK } from '../domain/condition.ts';
import type { FactSpecs } from '../domain/fact.ts';
import type { StepKind } from '../domain/step-kind.ts';
import type { Step } from '../domain/workflow.ts';
import { factsOf } from './facts-of.ts';
import type { CatalogFault } from './fault.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** The steps of a workflow up to one, and what their kinds are. */
interface Course {
  readonly steps: readonly Step[];
  readonly index: number;
  readonly stepKinds: ReadonlyMap<string, StepKind>;
}

type Spec = FactSpecs[string];

/** Whether the conditions of a step, on being done and on going back, can be decided by what is reported. */
export function checkConditions(source: YamlSource, course: Course): readonly CatalogFault[] {
  const { steps, index } = course;
  const step = steps[index];
  if (step === undefined) {
    return [];
  }
  // What the step itself has reported is known when it goes back.
  const later = { ...course, index: index + 1 };
  const faults: readonly (readonly [YamlPath, readonly Reason[]])[] = [
    [['when'], checkWhen(step, course)],
    [['with'], checkRead(step, course)],
    [['again', 'when'], step.again === undefined ? [] : checkCondition(step.again.when, later)],
  ];
  return faults.flatMap(([path, reasons]) =>
    reasons.map((reason) => ({
      file: source.file,
      ...source.locate(['steps', index, ...path]),
      ...reason,
    })),
  );
}

type Reason = Pick<CatalogFault, 'message' | 'remedy'>;

/** A step that judges depends on nothing: an agent's words would decide whether its work is judged. */
function checkWhen(step: Step, course: Course): readonly Reason[] {
  if (step.when === undefined) {
    return [];
  }
  if (isJudging(step, course)) {
    const message = 'gates cannot depend on what an agent reports, or on work that is sent back';
    return [{ message, remedy: 'Take `when` out: a gate that does not apply says so itself.' }];
  }
  return step.when === SENT_BACK ? [] : checkCondition(step.when, course);
}

/** Whether an earlier step reports each text that the step reads. */
function checkRead({ kind: name, with: given }: Step, course: Course): readonly Reason[] {
  const kind = course.stepKinds.get(name);
  const options = kind?.options.safeParse(given);
  const facts = kind !== undefined && options?.success === true ? kind.earlierFacts(options.data) : [];
  if (facts.length === 0) {
    return [];
  }
  const reported = reportedBefore(course);
  return facts
    .filter((fact) => reported.get(fact)?.some(({ type }) => type === 'string') !== true)
    .map((fact) => ({
      message: `it reads ${fact}, which no earlier step reports as a string`,
      remedy: 'Let an earlier agent step report it under `with.facts`.',
    }));
}

/** Whether an earlier step reports the fact that something depends on, with a value of the right type. */
function checkCondition(condition: Condition, course: Course): readonly Reason[] {
  const reported = reportedBefore(course);
  const specs = reported.get(condition.fact) ?? [];
  if (specs.length > 0) {
    return checkValue(condition, specs);
  }
  const names = [...reported.keys()].join(', ');
  return [
    {
      message: `the condition depends on ${condition.fact}, which no earlier step reports`,
      remedy: `Let an earlier agent step report it under \`with.facts\`${names === '' ? '' : `, or use one of ${names}`}.`,
    },
  ];
}

/** Whether one of the steps that report the fact can report this value. */
function checkValue({ fact, is }: Condition, specs: readonly Spec[]): readonly Reason[] {
  const fitting = specs.filter(({ type }) => typeof is === type);
  if (fitting.length === 0) {
    const types = [...new Set(specs.map(({ type }) => type))].join(' or ');
    const message = `${fact} is a ${types}, so it is never ${JSON.stringify(is)}`;
    return [{ message, remedy: `Compare it with a ${types}.` }];
  }
  if (fitting.every(({ oneOf }) => oneOf?.includes(String(is)) === false)) {
    const choices = [...new Set(fitting.flatMap(({ oneOf }) => oneOf ?? []))].join(', ');
    return [
      { message: `${fact} is never ${JSON.stringify(is)}`, remedy: `Compare it with one of ${choices}.` },
    ];
  }
  return [];
}

function isJudging(step: Step, { stepKinds }: Course): boolean {
  const kind = stepKinds.get(step.kind);
  const options = kind?.options.safeParse(step.with);
  return kind !== undefined && options?.success === true && kind.gates(options.data).length > 0;
}

/** What earlier steps may report, by fact: several when several steps report it. */
function reportedBefore({ steps, index, stepKinds }: Course): ReadonlyMap<string, readonly Spec[]> {
  const all = steps.slice(0, index).flatMap((step) => Object.entries(factsOf(step, stepKinds)));
  return new Map(
    all.map(([name]) => [name, all.filter(([other]) => other === name).map(([, spec]) => spec)] as const),
  );
}
