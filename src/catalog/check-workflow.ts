import type { z } from 'zod';
import { SENT_BACK, type When } from '../domain/condition.ts';
import type { Gate } from '../domain/gate.ts';
import type { GateUse, StepKind } from '../domain/step-kind.ts';
import { GO_ON, type Step, type Workflow } from '../domain/workflow.ts';
import { checkConditions } from './check-condition.ts';
import { checkGoOn } from './check-go-on.ts';
import { checkGraph } from './check-graph.ts';
import { checkReviews } from './check-reviews.ts';
import { checkSubject } from './check-subject.ts';
import { checkSuccess } from './check-success.ts';
import type { CatalogFault } from './fault.ts';
import { listNames } from './list-names.ts';
import type { Entry } from './parse-data-file.ts';
import { toSchemaFaults } from './to-schema-faults.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

/** What the steps of a workflow may name. */
export interface Known {
  readonly stepKinds: ReadonlyMap<string, StepKind>;
  readonly gates: ReadonlyMap<string, Gate>;
  readonly roleNames: ReadonlySet<string>;
}

/** Whether all that a workflow names is there, and its options are what their owners take. */
export function checkWorkflow({ value, source }: Entry<Workflow>, known: Known): readonly CatalogFault[] {
  const names = value.steps.map((step) => [step.id, ...branchesOf(step, known).map(({ id }) => id)]);
  const faults = value.steps.flatMap((step, index) => [
    ...checkNames(source, names, index),
    ...checkOrder(source, value.steps, index),
    ...checkKind(source, step, { known, path: ['steps', index], earlier: value.steps.slice(0, index) }),
    ...checkConditions(source, { steps: value.steps, index, stepKinds: known.stepKinds }),
  ]);
  // Where a step cannot be understood, nobody knows where the workflow leads.
  return faults.length > 0
    ? faults
    : [
        ...checkGoOn({ value, source }),
        ...checkSubject({ value, source }, known.stepKinds),
        ...checkReviews({ value, source }, known.stepKinds),
        ...checkSuccess({ value, source }, known.stepKinds),
        ...checkGraph({ value, source }, known.stepKinds),
      ];
}

/** Ids are unique in a workflow, those of branches too: results and recordings are known by them. */
function checkNames(
  source: YamlSource,
  names: readonly (readonly string[])[],
  index: number,
): readonly CatalogFault[] {
  const own = names[index] ?? [];
  const taken = new Set(names.slice(0, index).flat());
  return own.flatMap((id, position) =>
    taken.has(id) || own.indexOf(id) < position
      ? [
          {
            ...at(source, ['steps', index, 'id']),
            message: `there is a step '${id}' already`,
            remedy: 'Give each step its own id.',
          },
        ]
      : [],
  );
}

function branchesOf(step: Step, { stepKinds }: Known): readonly Step[] {
  const kind = stepKinds.get(step.kind);
  const options = kind?.options.safeParse(step.with);
  return kind !== undefined && options?.success === true ? kind.branches(options.data) : [];
}

/** What goes back goes to an earlier step, never forward. */
function checkOrder(source: YamlSource, steps: readonly Step[], index: number): readonly CatalogFault[] {
  const earlier = steps.slice(0, index).map(({ id }) => id);
  const { id, onReject, takeBackTo, rethink, again } = steps[index] ?? {};
  const targets = [
    ...(onReject === undefined || onReject === GO_ON
      ? []
      : [{ field: 'onReject', target: onReject, path: ['steps', index, 'onReject'] }]),
    ...(takeBackTo === undefined
      ? []
      : [{ field: 'takeBackTo', target: takeBackTo, path: ['steps', index, 'takeBackTo'] }]),
    ...(rethink === undefined
      ? []
      : [{ field: 'rethink', target: rethink.from, path: ['steps', index, 'rethink', 'from'] }]),
    ...(again === undefined
      ? []
      : [{ field: 'again', target: again.from, path: ['steps', index, 'again', 'from'] }]),
  ];
  const astray = targets.filter(({ target }) => !earlier.includes(target));
  return [
    ...astray.map(({ field, target, path }) => ({
      ...at(source, path),
      message: `${field} names '${target}', which is no earlier step`,
      remedy: listChoice('an earlier step', earlier),
    })),
    ...(id === GO_ON
      ? [
          {
            ...at(source, ['steps', index, 'id']),
            message: `'${GO_ON}' cannot be the id of a step, because onReject has a meaning for it`,
            remedy: 'Give the step another id.',
          },
        ]
      : []),
  ];
}

interface StepPlace {
  readonly known: Known;
  readonly path: YamlPath;
  /** The steps before this one. */
  readonly earlier: readonly Step[];
}

function checkKind(source: YamlSource, step: Step, place: StepPlace): readonly CatalogFault[] {
  const { known, path, earlier } = place;
  const kind = known.stepKinds.get(step.kind);
  if (kind === undefined) {
    return [
      {
        ...at(source, [...path, 'kind']),
        message: `there is no step kind '${step.kind}'`,
        remedy: listChoice('a step kind', known.stepKinds.keys()),
      },
    ];
  }
  const options = kind.options.safeParse(step.with);
  const under = [...path, 'with'];
  if (!options.success) {
    return toSchemaFaults(source, options.error.issues, under);
  }
  return [
    ...checkRole(source, kind.role(options.data), { known, path: under }),
    ...kind.gates(options.data).flatMap((use) => checkGate(source, use, { known, path: under })),
    ...kind
      .earlierSteps(options.data)
      .flatMap((id) => checkEarlier(source, id, { step, earlier, path: under })),
    ...kind
      .branches(options.data)
      .flatMap((branch, index) => checkKind(source, branch, { ...place, path: [...under, 'steps', index] })),
  ];
}

/** Whether the step whose result is needed comes before, and is not passed over when this one is done. */
function checkEarlier(
  source: YamlSource,
  id: string,
  { step, earlier, path }: Pick<StepPlace, 'earlier' | 'path'> & { readonly step: Step },
): readonly CatalogFault[] {
  const needed = earlier.find((candidate) => candidate.id === id);
  if (needed === undefined) {
    const ids = earlier.map((candidate) => candidate.id);
    const message = `it needs the result of '${id}', which is no earlier step`;
    const remedy = listChoice('an earlier step', ids);
    return [{ file: source.file, ...source.locateText(path, id), message, remedy }];
  }
  const { when, enabled } = needed;
  if ((when === undefined && enabled === undefined) || (when !== undefined && isSame(when, step.when))) {
    return [];
  }
  const message = `it needs the result of '${id}', which may be passed over`;
  const remedy = `Give this step the \`when\` of ${id}.`;
  return [{ file: source.file, ...source.locateText(path, id), message, remedy }];
}

/** Of steps that wait for work to be sent back, each waits for its own. */
function isSame(when: When, other: When | undefined): boolean {
  return (
    when !== SENT_BACK &&
    other !== undefined &&
    other !== SENT_BACK &&
    when.fact === other.fact &&
    when.is === other.is
  );
}

function checkRole(
  source: YamlSource,
  role: string | null,
  { known, path }: Pick<StepPlace, 'known' | 'path'>,
): readonly CatalogFault[] {
  if (role === null || known.roleNames.has(role)) {
    return [];
  }
  const folder = source.file.replace(/workflows\/[^/]*$/, 'roles');
  const remedy = `Write ${folder}/${role}.md, or name ${listNames(known.roleNames, role)}.`;
  const place = { file: source.file, ...source.locateText(path, role) };
  return [{ ...place, message: `there is no role '${role}'`, remedy }];
}

/** The step kind says which gates it uses but not where; they are looked up by what they say. */
function checkGate(
  source: YamlSource,
  use: GateUse,
  { known, path }: Pick<StepPlace, 'known' | 'path'>,
): readonly CatalogFault[] {
  return findWrong(use, known).map((wrong) => ({
    file: source.file,
    ...source.locateText(path, use.gate),
    ...wrong,
  }));
}

function findWrong(use: GateUse, { gates }: Known): readonly Pick<CatalogFault, 'message' | 'remedy'>[] {
  const gate = gates.get(use.gate);
  if (gate === undefined) {
    return [{ message: `there is no gate '${use.gate}'`, remedy: listChoice('a gate', gates.keys()) }];
  }
  if (gate.alwaysStrict === true && [use.mode, use.mayRelaxTo].some((mode = 'strict') => mode !== 'strict')) {
    const remedy = `Take \`mode\` and \`mayRelaxTo\` out: ${use.gate} guards against the change itself.`;
    return [{ message: `gate '${use.name}' is always strict`, remedy }];
  }
  const issues: z.ZodError['issues'] = gate.options.safeParse(use.with).error?.issues ?? [];
  return issues.map((issue) => ({
    message: `gate '${use.name}' is not set up right: ${[...issue.path, issue.message].join(': ')}`,
    remedy: `Correct its \`with\`; the options of ${use.gate} are in docs/reference/gates.md.`,
  }));
}

function at(source: YamlSource, path: YamlPath): Pick<CatalogFault, 'file' | 'line' | 'column'> {
  return { file: source.file, ...source.locate(path) };
}

function listChoice(what: string, names: Iterable<string>): string {
  const list = [...names].join(', ');
  return list === '' ? `There is none to choose from; take it out.` : `Name ${what}: ${list}.`;
}
