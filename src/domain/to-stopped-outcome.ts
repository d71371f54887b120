import { type Amount, printAmount } from './amount.ts';
import { CANCEL } from './escalate.ts';
import type { Option } from './hold.ts';
import type { OutcomeInput } from './outcome.ts';
import type { Stop } from './stop.ts';

/** The outcome of an attempt whose agent was stopped: nothing of it counts, and a person is told what can be done. */
export function toStoppedOutcome(stop: Stop): Extract<OutcomeInput, { kind: 'held' }> {
  const { message, until } = stop;
  return {
    kind: 'held',
    summary: message,
    hold: {
      kind: 'escalation',
      trigger: stop.kind,
      question: toQuestion(stop),
      shown: message,
      options: [...optionsFor(stop), CANCEL],
      recommended: null,
      recommendation: recommendationFor(stop),
      blocked: 'This step and everything after it.',
      stopped: stop,
      ...(until === null ? {} : { until }),
    },
  };
}

function toQuestion(stop: Stop): string {
  switch (stop.kind) {
    case 'budget':
      return 'The budget is used up. How shall it go on?';
    case 'quota':
      return 'The provider of the models does no more for now. How shall it go on?';
    case 'crash':
      return stop.until === null
        ? `${stop.role} crashed ${stop.crashes} times in a row. How shall it go on?`
        : `${stop.role} crashed and starts again by itself, ${stop.crashes} of ${stop.mostRestarts}.`;
  }
}

function optionsFor(stop: Stop): Option[] {
  switch (stop.kind) {
    case 'budget':
      return isRaisable(stop.scope) ? [raiseBy(toHalf(stop.limit)), raiseBy(stop.limit)] : [TRY_AGAIN];
    case 'quota':
      return [TRY_AGAIN];
    case 'crash':
      return [START_AGAIN];
  }
}

/** Those of a repository and of a day are the operator's. */
function isRaisable(scope: Extract<Stop, { kind: 'budget' }>['scope']): boolean {
  return scope === 'run' || scope === 'subject';
}

const TRY_AGAIN: Option = {
  title: 'Try again now',
  tradeOff: 'Helps when the limit has been raised where it is set; else it stops here again.',
  leadsTo: { kind: 'resume', raise: null },
};

const START_AGAIN: Option = {
  title: 'Start the agent again now',
  tradeOff: 'The step is done again from its last checkpoint. Helps when the cause is gone.',
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

function recommendationFor(stop: Stop): string {
  switch (stop.kind) {
    case 'budget':
      return recommendationForBudget(stop);
    case 'quota':
      return stop.until === null
        ? 'Whoever operates Baton has to look at the account at the provider.'
        : 'Wait, unless it is urgent and the account at the provider can be given more.';
    case 'crash':
      return stop.until === null
        ? 'Whoever operates Baton has to look at the log of the server for this run, and mend the cause first.'
        : 'Wait: nothing has to be done.';
  }
}

function recommendationForBudget({ scope }: Extract<Stop, { kind: 'budget' }>): string {
  return isRaisable(scope)
    ? 'Look at what each step has used. If the goal is right and near, raise the budget, also with `/baton budget +<amount>`; if it goes round in circles, give guidance with `/baton retry` after that, or end the run.'
    : 'Wait for the new day or month, or let whoever operates Baton raise the limit and try again.';
}
