import { type Amount, printAmount } from './amount.ts';
import type { Decision } from './decision.ts';
import type { Option } from './hold.ts';
import { allows } from './permission.ts';
import { recordDecision } from './record-decision.ts';
import { doStoppedAgain, type Stopped } from './resume-stopped.ts';
import type { HeldRun, RunningRun } from './run.ts';
import { ignore, type Steered, type SteeredBy } from './steered.ts';

/** More to use, from now on; a run that waits for that goes on. */
export function raiseBudget(run: RunningRun | HeldRun, event: SteeredBy<'budget'>): Decision {
  const { amount } = event.steer;
  const raised = withRaise(run, event, amount);
  if (raised.state === 'running') {
    return { kind: 'repeat', run: raised };
  }
  const { hold } = raised;
  if (hold.kind !== 'escalation' || hold.stopped?.kind !== 'budget') {
    return { kind: 'hold', run: raised };
  }
  const { scope, limit } = hold.stopped;
  if (scope === 'repository' || scope === 'day') {
    return ignore(run, OPERATORS);
  }
  return limit.unit === amount.unit
    ? release(raised, hold, { event, reason: `raised by ${printAmount(amount)}` })
    : ignore(run, `What is used up is ${printAmount(limit)}, so raise it in ${UNITS[limit.unit]}.`);
}

/** Goes on where an agent was stopped; with more to use only by the word of somebody who may give that. */
export function resumeByChoice(
  run: HeldRun,
  hold: Stopped,
  {
    event,
    option,
    raise,
  }: { readonly event: Steered; readonly option: Option; readonly raise: Amount | null },
): Decision {
  if (raise === null) {
    return release(run, hold, { event, reason: option.title });
  }
  return allows(event.permission ?? 'none', 'maintain')
    ? release(withRaise(run, event, raise), hold, { event, reason: option.title })
    : ignore(run, 'A budget is raised by somebody with maintain access: it spends what others pay.');
}

const OPERATORS =
  'The budgets of a repository and of a day are set by whoever operates Baton; no comment raises them. The run goes on by itself when a new month or day begins.';

const UNITS: Readonly<Record<Amount['unit'], string>> = {
  usd: 'money, such as `/baton budget +5`',
  tokens: 'tokens, such as `/baton budget +500000 tokens`',
};

function release(
  run: HeldRun,
  hold: Stopped,
  { event, reason }: { readonly event: Steered; readonly reason: string },
): Decision {
  return doStoppedAgain(recordDecision(run, event, { kind: 'retried', reason }), hold, event.at);
}

function withRaise<Kind extends RunningRun | HeldRun>(run: Kind, { by, at }: Steered, amount: Amount): Kind {
  return { ...run, raises: [...(run.raises ?? []), { by, at, amount }] };
}
