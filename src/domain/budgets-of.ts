import { type Amount, parseAmount } from './amount.ts';
import type { Budget, Scope } from './budget.ts';
import type { BegunRun } from './run.ts';

/**
 * What a run may use: the operator's budgets and the repository's own, each of which has to hold, so a repository can only
 * lower them. What people have raised counts for this run, where it is the run's or its subject's budget.
 */
export function budgetsOf(
  { settings, raises = [] }: Pick<BegunRun, 'settings' | 'raises'>,
  operators: readonly Budget[],
): readonly Budget[] {
  const { run, subject, month } = settings.budget;
  const own = [...toBudget('run', run), ...toBudget('subject', subject), ...toBudget('repository', month)];
  return [...operators, ...own].map(({ scope, limit }) => ({
    scope,
    limit: scope === 'run' || scope === 'subject' ? raise(limit, raises) : limit,
  }));
}

function toBudget(scope: Scope, words: string | number | undefined): Budget[] {
  const limit = words === undefined ? null : parseAmount(String(words).trim());
  return limit === null ? [] : [{ scope, limit }];
}

function raise(limit: Amount, raises: NonNullable<BegunRun['raises']>): Amount {
  const value = raises
    .filter(({ amount }) => amount.unit === limit.unit)
    .reduce((sum, { amount }) => sum + amount.value, limit.value);
  return { ...limit, value };
}
