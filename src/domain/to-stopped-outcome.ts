import { type Amount, printAmount } from './amount.ts';
import { CANCEL } from './escalate.ts';
import type { Option } from './hold.ts';
import type { ModelRefusal } from './model-refusal.ts';
import type { OutcomeInput } from './outcome.ts';

/** The outcome of an attempt whose agent was stopped: nothing of it counts, and a person is told what can be done. */
export function toStoppedOutcome(refusal: ModelRefusal): Extract<OutcomeInput, { kind: 'held' }> {
  const { message, until } = refusal;
  return {
    kind: 'held',
    summary: message,
    hold: {
      kind: 'escalation',
      trigger: refusal.kind,
      question: QUESTIONS[refusal.kind],
      shown: message,
      options: [...optionsFor(refusal), CANCEL],
      recommended: null,
      recommendation: recommendationFor(refusal),
      blocked: 'This step and everything after it.',
      stopped: refusal,
      ...(until === null ? {} : { until }),
    },
  };
}

const QUESTIONS: Readonly<Record<ModelRefusal['kind'], string>> = {
  budget: 'The budget is used up. How shall it go on?',
  quota: 'The provider of the models does no more for now. How shall it go on?',
};

function optionsFor(refusal: ModelRefusal): Option[] {
  return refusal.kind === 'budget' && isRaisable(refusal.scope)
    ? [raiseBy(toHalf(refusal.limit)), raiseBy(refusal.limit)]
    : [TRY_AGAIN];
}

/** Those of a repository and of a day are the operator's. */
function isRaisable(scope: Extract<ModelRefusal, { kind: 'budget' }>['scope']): boolean {
  return scope === 'run' || scope === 'subject';
}

const TRY_AGAIN: Option = {
  title: 'Try again now',
  tradeOff: 'Helps when the limit has been raised where it is set; else it stops here again.',
  leadsTo: { kind: 'resume', raise: null },
};

function raiseBy(amount: Amount): Option {
  return {
    title: `Raise the budget of this run by ${printAmount(amount)}`,
    tradeOff: 'The step is done again from its last checkpoint. It takes maintain access.',
    leadsTo: { kind: 'resume', raise: amount },
  };
}

function toHalf({ unit, value }: Amount): Amount {
  return unit === 'usd'
    ? { unit, value: Math.max(0.01, Math.round(value * 50) / 100) }
    : { unit, value: Math.ceil(value / 2) };
}

function recommendationFor(refusal: ModelRefusal): string {
  if (refusal.kind === 'quota') {
    return refusal.until === null
      ? 'Whoever operates Baton has to look at the account at the provider.'
      : 'Wait, unless it is urgent and the account at the provider can be given more.';
  }
  return isRaisable(refusal.scope)
    ? 'Look at what each step has used. If the goal is right and near, raise the budget, also with `/baton budget +<amount>`; if it goes round in circles, give guidance with `/baton retry` after that, or end the run.'
    : 'Wait for the new day or month, or let whoever operates Baton raise the limit and try again.';
}
