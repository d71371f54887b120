import {
  type BudgetStanding,
  isNearlyUsedUp,
  isUsedUp,
  type Scope,
  standingWords,
  toStandings,
} from '../domain/budget.ts';
import type { ModelRefusal } from '../domain/model-refusal.ts';
import type { ModelLineRequest } from '../ports/model-gateway.ts';
import type { ModelSpending } from '../ports/model-spending.ts';

/** How the budgets of a line stand: against the next call, or near their end. */
export interface BudgetReading {
  readonly refusal: Extract<ModelRefusal, { kind: 'budget' }> | null;
  readonly nearlyUsedUp: readonly BudgetStanding[];
}

/** Reads what was used by now, by whomever. Throws when that cannot be had. */
export async function checkBudgets(
  request: ModelLineRequest,
  spending: ModelSpending,
): Promise<BudgetReading> {
  const { budgets = [] } = request;
  if (budgets.length === 0) {
    return { refusal: null, nearlyUsedUp: [] };
  }
  const standings = toStandings(budgets, await spending.spent(request));
  // Of several the one that lasts longest is told: what answers the others would not help against it.
  const [usedUp] = standings.filter(isUsedUp).toSorted((one, other) => rank(one) - rank(other));
  return {
    refusal: usedUp === undefined ? null : toRefusal(usedUp),
    nearlyUsedUp: standings.filter(isNearlyUsedUp),
  };
}

const RANKS: Readonly<Record<Scope, number>> = { repository: 0, day: 1, subject: 2, run: 3 };

function rank({ scope }: BudgetStanding): number {
  return RANKS[scope];
}

function toRefusal(standing: BudgetStanding): NonNullable<BudgetReading['refusal']> {
  const { scope, limit } = standing;
  return {
    kind: 'budget',
    scope,
    limit,
    message: `Used: ${standingWords(standing)}.`,
    until: toEnd(scope, new Date()),
  };
}

/** When a budget begins anew: that of a day or a month does by itself. */
function toEnd(scope: Scope, now: Date): string | null {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  switch (scope) {
    case 'day':
      return new Date(Date.UTC(year, month, day + 1)).toISOString();
    case 'repository':
      return new Date(Date.UTC(year, month + 1, 1)).toISOString();
    case 'subject':
    case 'run':
      return null;
  }
}
