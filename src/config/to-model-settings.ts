import type { Budget, Scope } from '../domain/budget.ts';
import type { Settings } from './settings.ts';
import type { Values } from './settings-table.ts';

const URLS = {
  anthropic: 'https://api.anthropic.com/v1',
  openai: 'https://api.openai.com/v1',
  'openai-compatible': null,
} as const;

/** What is said of models, as the parts of the program take it. */
export function toModelSettings(
  values: Values,
): Pick<Settings, 'provider' | 'modelKeys' | 'prices' | 'budgets'> {
  const { ANTHROPIC_API_KEY: anthropic, OPENAI_API_KEY: openai } = values;
  return {
    provider: toProvider(values),
    modelKeys: [anthropic, openai].filter((key) => key !== undefined),
    prices: values.BATON_PRICES ?? {},
    budgets: toBudgets(values),
  };
}

function toProvider(values: Values): Settings['provider'] {
  const { BATON_PROVIDER: kind, BATON_PROVIDER_URL: given } = values;
  if (kind === undefined) {
    return null;
  }
  const url = given ?? URLS[kind];
  if (url === null) {
    throw new Error('no BATON_PROVIDER_URL: find-model-conflicts must have reported that');
  }
  const key = kind === 'anthropic' ? values.ANTHROPIC_API_KEY : values.OPENAI_API_KEY;
  return { kind, url, key: key ?? null };
}

function toBudgets(values: Values): readonly Budget[] {
  const limits: Readonly<Record<Scope, Budget['limit'] | undefined>> = {
    run: values.BATON_BUDGET_RUN,
    subject: values.BATON_BUDGET_SUBJECT,
    repository: values.BATON_BUDGET_REPOSITORY,
    day: values.BATON_BUDGET_DAY,
  };
  return (['run', 'subject', 'repository', 'day'] as const).flatMap((scope) => {
    const limit = limits[scope];
    return limit === undefined ? [] : [{ scope, limit }];
  });
}
