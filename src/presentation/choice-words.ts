import { ISSUE_TYPES } from '../domain/issue-type.ts';
import type { BegunRun } from '../domain/run.ts';
import { inline } from './inline.ts';

const WHO = {
  request: 'asked for by name',
  'label-map': 'chosen by a label',
  rules: 'chosen by the words of the issue',
  lead: 'chosen by the lead',
  person: 'chosen by a person',
  spec: 'laid out by a spec',
  nobody: 'which finds out what this issue needs',
} as const;

/** Why a run has its workflow, in one sentence. */
export function choiceWords({ choice }: BegunRun): string {
  const kind = choice.type === null ? '' : `, as ${ISSUE_TYPES[choice.type].title}`;
  const sure =
    choice.by === 'lead' || choice.by === 'rules' ? ` (${Math.round(choice.confidence * 100)} % sure)` : '';
  const reasons =
    choice.by === 'request' ? '' : choice.reasons.map((reason) => inline(reason, 200)).join('; ');
  return `${WHO[choice.by]}${kind}${sure}${reasons === '' ? '' : `: ${reasons}`}`;
}
