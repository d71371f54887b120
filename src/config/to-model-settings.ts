import type { Budget, Scope } from '../domain/budget.ts';
import type { Models } from '../domain/models.ts';
import type { Settings } from './settings.ts';
import type { Values } from './settings-table.ts';

const URLS = {
  anthropic: 'https://api.anthropic.com/v1',
  openai: 'https://api.openai.com/v1',
  'openai-compatible': null,
} as const;

/** All by one provider, so that nobody has to set anything but its key. */
const ANTHROPIC: Models = {
  opus: 'claude-opus-5-5',
  sonnet: 'claude-sonnet-5-5',
  haiku: 'claude-haiku-4-5',
  inherit: 'claude-sonnet-5-5',
};

/** What is said of models, as the parts of the program take it. */
export function toModelSettings(
  values: Values,
): Pick<Settings, 'provider' | 'models' | 'modelKeys' | 'prices' | 'budgets'> {
  const { ANTHROPIC_API_KEY: anthropic, OPENAI_API_KEY: openai } = values;
  return {
    provider: toProvider(values),
    models: toModels(values),
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

function toModels(values: Values): Models {
  const usual = values.BATON_MODEL ?? ANTHROPIC.inherit;
  const isForeign = values.BATON_PROVIDER !== undefined && values.BATON_PROVIDER !== 'anthropic';
  const tiers = isForeign ? { opus: usual, sonnet: usual, haiku: usual } : ANTHROPIC;
  return {
    opus: values.BATON_MODEL_OPUS ?? tiers.opus,
    sonnet: values.BATON_MODEL_SONNET ?? tiers.sonnet,
    haiku: values.BATON_MODEL_HAIKU ?? tiers.haiku,
    inherit: usual,
  };
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
