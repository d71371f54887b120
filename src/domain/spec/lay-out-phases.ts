import type { WorkGraph } from '../work-graph.ts';
import { type Step, stepSchema } from '../workflow.ts';
import { moduleTask, phaseTask } from './module-task.ts';
import { type Phase, phaseTitle } from './spec.ts';

/** Who does what in a phase. */
export interface PhaseRoles {
  /** Builds a module. */
  readonly build: string;
  /** Mends what was found wrong. */
  readonly fix: string;
  /** Settles conflicts between modules. */
  readonly merge: string;
  /** Says whether the criteria hold that nothing else can decide. */
  readonly review: string;
}

export interface PhaseLimits {
  /** The step before the first phase. */
  readonly from: string;
  readonly roles: PhaseRoles;
  /** For one attempt of an agent, in minutes. */
  readonly timeoutMinutes: number;
  /** Rejections of a phase after which a person is asked. */
  readonly maxRejections: number;
}

/**
 * The steps that a spec comes to: its phases one after another, each built, merged, looked at and, where only somebody can
 * say whether it holds, reviewed. Nothing of the next phase is begun before.
 */
export function layOutPhases(phases: readonly Phase[], limits: PhaseLimits): Step[] {
  const steps: Step[] = [];
  for (const phase of phases) {
    const from = steps.at(-1)?.id ?? limits.from;
    steps.push(...layOutPhase(phase, { ...limits, from }).map((step) => stepSchema.parse(step)));
  }
  return steps;
}

/** How the phases hang together, for people to look at. */
export function toWorkGraph(phases: readonly Phase[]): WorkGraph {
  return phases.map((phase) => {
    const id = phaseId(phase);
    const alone = phase.modules.length === 1;
    return {
      id,
      title: phaseTitle(phase),
      after: phases
        .filter(({ numbers }) => numbers.some((number) => phase.dependsOn.includes(number)))
        .map(phaseId),
      parts: phase.modules.map((module, index) => ({
        step: alone ? id : moduleId(id, module, index),
        title: module,
      })),
    };
  });
}

/** The step with which a phase begins. Its other steps begin with the same words. */
function phaseId({ numbers: [first] }: Pick<Phase, 'numbers'>): string {
  return `phase-${first}`;
}

type Draft = Omit<Step, 'maxRejections'> & { readonly maxRejections?: number };

function layOutPhase(phase: Phase, limits: PhaseLimits): Draft[] {
  const id = phaseId(phase);
  const fix = `${id}-fix`;
  const { from, roles, timeoutMinutes, maxRejections } = limits;
  const sentBack = { onReject: fix, maxRejections, takeBackTo: from };
  // Only what nothing else can decide is asked of a role.
  const prose = phase.criteria.flatMap(({ kind, text }) => (kind === 'prose' ? [text] : []));
  return [
    ...build(phase, limits),
    {
      id: fix,
      kind: 'agent',
      title: title(phase, 'mend'),
      when: 'sent-back',
      with: {
        role: roles.fix,
        access: 'write',
        context: 'task',
        task: phaseTask(phase, 'The modules of this phase are built and merged. Mend what was found wrong.'),
        timeoutMinutes,
      },
    },
    {
      id: `${id}-check`,
      kind: 'gates',
      title: title(phase, 'checks'),
      ...sentBack,
      with: {
        gates: toGates(phase),
        ...(phase.modules.length > 1 ? { blame: `${id}-merge` } : {}),
      },
    },
    ...(prose.length > 0
      ? [
          {
            id: `${id}-review`,
            kind: 'review',
            title: title(phase, 'review'),
            ...sentBack,
            with: { role: roles.review, criteria: prose, timeoutMinutes },
          },
        ]
      : []),
  ];
}

/** One module is written onto the run's branch; several at the same time, each on a branch of its own. */
function build(phase: Phase, { roles, timeoutMinutes }: PhaseLimits): Draft[] {
  const id = phaseId(phase);
  const [only, ...rest] = phase.modules;
  const options = { role: roles.build, access: 'write', context: 'task', timeoutMinutes };
  if (only !== undefined && rest.length === 0) {
    const task = moduleTask(phase, only);
    return [{ id, kind: 'agent', title: title(phase, only), with: { ...options, task } }];
  }
  const steps = phase.modules.map((module, index) => ({
    id: moduleId(id, module, index),
    kind: 'agent',
    title: title(phase, module),
    with: { ...options, branch: 'own', task: moduleTask(phase, module) },
  }));
  return [
    { id, kind: 'parallel', title: title(phase, 'modules'), with: { steps } },
    {
      id: `${id}-merge`,
      kind: 'merge',
      title: title(phase, 'merge'),
      with: { of: id, role: roles.merge, timeoutMinutes },
    },
  ];
}

/** Names of modules can be alike but for what an id cannot hold, so they are numbered. */
function moduleId(phase: string, module: string, index: number): string {
  const slug = module
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/-$/, '');
  return `${phase}-m${index + 1}-${slug}`;
}

function toGates(phase: Phase) {
  const [first] = phase.numbers;
  const { criteria, files, testCommand, placeholders } = phase;
  return [
    { gate: 'script', name: `phase ${first}: tests`, with: { command: testCommand } },
    { gate: 'criteria', name: `phase ${first}: criteria`, with: { criteria, files } },
    { gate: 'command', name: `phase ${first}: lint`, with: { check: 'lint' } },
    { gate: 'command', name: `phase ${first}: types`, with: { check: 'types' } },
    { gate: 'imports-resolve', name: `phase ${first}: imports` },
    ...(placeholders === 'allowed'
      ? []
      : [{ gate: 'no-placeholders', name: `phase ${first}: placeholders` }]),
  ];
}

function title({ numbers: [first] }: Phase, what: string): string {
  return `Phase ${first}: ${what}`.slice(0, 80);
}
