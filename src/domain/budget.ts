import { type Amount, printAmount } from './amount.ts';

/** What a budget is for: one run, all runs of an issue, a repository in a month, or everything in a day (UTC). */
export const SCOPES = ['run', 'subject', 'repository', 'day'] as const;
export type Scope = (typeof SCOPES)[number];

/** How much may be used in a scope. Of several budgets for one scope each has to hold. */
export interface Budget {
  readonly scope: Scope;
  readonly limit: Amount;
}

/** What was used in a scope by now. */
export interface Spent {
  /** Of the calls whose price is known. */
  readonly costUsd: number;
  /** Of all calls; estimated where the provider did not tell. */
  readonly tokens: number;
  /** Those among them whose price is not known. */
  readonly unpricedTokens: number;
}

/** A budget and how far it is used up. */
export interface BudgetStanding extends Budget {
  /** In the unit of the limit. */
  readonly used: number;
}

/** What an unpriced token counts against a budget of money: a million for ten dollars, more than most models cost. */
const USD_PER_UNPRICED_TOKEN = 10 / 1_000_000;

/** From here on people are warned. */
const WARNING_SHARE = 0.8;

/** How each budget stands. */
export function toStandings(
  budgets: readonly Budget[],
  spent: Readonly<Record<Scope, Spent>>,
): readonly BudgetStanding[] {
  return budgets.map((budget) => {
    const { costUsd, tokens, unpricedTokens } = spent[budget.scope];
    const used = budget.limit.unit === 'usd' ? costUsd + unpricedTokens * USD_PER_UNPRICED_TOKEN : tokens;
    return { ...budget, used };
  });
}

/** Whether there is nothing left. */
export function isUsedUp({ limit, used }: BudgetStanding): boolean {
  return used >= limit.value;
}

/** Whether it is nearly used up, or entirely. */
export function isNearlyUsedUp({ limit, used }: BudgetStanding): boolean {
  return used >= limit.value * WARNING_SHARE;
}

const NAMES: Readonly<Record<Scope, string>> = {
  run: 'of this run',
  subject: 'of all runs of this issue',
  repository: 'of this repository for this month',
  day: 'of this server for today',
};

/** How it stands, in words: `$4.10 of the budget of this run, $5`. */
export function standingWords({ scope, limit, used }: BudgetStanding): string {
  const value = limit.unit === 'usd' ? used : Math.round(used);
  return `${printAmount({ ...limit, value })} of the budget ${NAMES[scope]}, ${printAmount(limit)}`;
}
