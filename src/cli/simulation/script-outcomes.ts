import { toFactValues } from '../../catalog/graph/fact-values.ts';
import type { Place as GraphPlace } from '../../catalog/graph/workflow-graph.ts';
import type { Condition } from '../../domain/condition.ts';
import { CANCEL } from '../../domain/escalate.ts';
import type { Facts } from '../../domain/fact.ts';
import { type Outcome, type OutcomeInput, outcomeSchema } from '../../domain/outcome.ts';
import type { Ending, StepKind } from '../../domain/step-kind.ts';
import type { GateVerdict } from '../../domain/verdict.ts';
import type { Step } from '../../domain/workflow.ts';

export interface ScriptedOutcome {
  readonly label: string;
  /** The facts that make a difference, of what was reported. */
  readonly facts: Facts;
  readonly outcome: Outcome;
}

/** Every way in which an attempt at a step can end, with every combination of the facts that conditions depend on. */
export function scriptOutcomes(
  { step, reports }: GraphPlace,
  conditions: readonly Condition[],
  stepKinds: ReadonlyMap<string, StepKind>,
): readonly ScriptedOutcome[] {
  const decisive = Object.entries(reports).filter(([name]) => conditions.some(({ fact }) => fact === name));
  const answers = decisive.reduce<readonly Facts[]>(
    (known, [name, spec]) =>
      known.flatMap((facts) =>
        toFactValues(name, spec, conditions).map((value) => ({ ...facts, [name]: value })),
      ),
    [{}],
  );
  const { endings, isGated } = readKind(step, stepKinds);
  return [
    ...endings.flatMap((ending) => scriptEnding(ending, answers, isGated)),
    script('broke', {}, { ...BROKE, retriable: true }),
    script('broke for good', {}, { ...BROKE, retriable: false }),
  ];
}

function scriptEnding(
  ending: Ending,
  answers: readonly Facts[],
  isGated: boolean,
): readonly ScriptedOutcome[] {
  const summary = '';
  switch (ending) {
    case 'passed':
      return answers.map((facts) => script('passed', facts, { kind: 'passed', summary, facts }));
    case 'chosen':
      return [script('chooses a workflow, whose steps follow here', {}, { kind: 'passed', summary })];
    case 'planned':
      return [script('lays out steps, which follow here', {}, { kind: 'passed', summary })];
    case 'rejected':
      return [
        script(
          'rejected',
          {},
          {
            kind: 'rejected',
            summary,
            findings: [],
            verdicts: isGated ? [toFailed()] : [],
          },
        ),
      ];
    case 'approval':
    case 'security':
      return [
        script('held', {}, { kind: 'held', summary, hold: { kind: ending, question: 'Go on?', shown: '' } }),
      ];
    case 'escalation':
      return [script('held', {}, { kind: 'held', summary, hold: QUESTION })];
  }
}

/** The role that asked does its step again, whatever is answered. */
const QUESTION = {
  kind: 'escalation',
  trigger: 'conflict',
  question: 'What shall be done?',
  shown: '',
  options: [CANCEL],
  recommended: null,
  recommendation: '',
  blocked: '',
} satisfies Extract<OutcomeInput, { kind: 'held' }>['hold'];

const BROKE = { kind: 'broke', summary: 'it broke', remedy: 'Mend it.' } as const;

function script(label: string, facts: Facts, outcome: OutcomeInput): ScriptedOutcome {
  return { label, facts, outcome: outcomeSchema.parse(outcome) };
}

interface KindOfStep {
  readonly endings: readonly Ending[];
  readonly isGated: boolean;
}

/** Steps side by side end as any of them can. */
function readKind(step: Step, stepKinds: ReadonlyMap<string, StepKind>): KindOfStep {
  const kind = stepKinds.get(step.kind);
  if (kind === undefined) {
    throw new RangeError(`there is no step kind ${step.kind}`);
  }
  const options = kind.options.parse(step.with);
  const branches = kind.branches(options).map((branch) => readKind(branch, stepKinds));
  return {
    endings: branches.length === 0 ? kind.endings : [...new Set(branches.flatMap(({ endings }) => endings))],
    isGated: kind.gates(options).length > 0,
  };
}

/** What a gate has failed is never accepted by a person, so the verdict makes a difference. */
function toFailed(): GateVerdict {
  return { gate: 'a gate', verdict: { kind: 'fail', summary: '', findings: [] }, durationMs: 0 };
}
