import type { Budget, Scope } from '../domain/budget.ts';
import type { Offer, OfferedModel } from '../domain/offer.ts';
import type { Settings } from './settings.ts';
import type { Values } from './settings-table.ts';
import { toProvider } from './to-provider.ts';

type Tier = keyof Offer['models'];

/** All by one provider, so that nobody has to set anything but its key. */
const ANTHROPIC: Readonly<Record<Tier, string>> = {
  opus: 'claude-opus-5-5',
  sonnet: 'claude-sonnet-5-5',
  haiku: 'claude-haiku-4-5',
  inherit: 'claude-sonnet-5-5',
};

/** What is said of models, as the parts of the program take it. */
export function toModelSettings(
  values: Values,
): Pick<
  Settings,
  'provider' | 'runtimeProviders' | 'offer' | 'contextTokens' | 'modelKeys' | 'prices' | 'budgets'
> {
  const keys = [
    values.ANTHROPIC_API_KEY,
    values.OPENAI_API_KEY,
    values.AWS_BEARER_TOKEN_BEDROCK,
    values.AWS_ACCESS_KEY_ID,
    values.AWS_SECRET_ACCESS_KEY,
    values.AWS_SESSION_TOKEN,
    values.VERTEX_SERVICE_ACCOUNT?.privateKey,
  ];
  return {
    provider: toProvider(values.BATON_PROVIDER, values, values.BATON_PROVIDER_URL),
    runtimeProviders: new Map(
      (values.BATON_RUNTIME_PROVIDERS ?? []).flatMap(({ runtime, provider }) => {
        const own = toProvider(provider, values);
        return own === null ? [] : [[runtime, own] as const];
      }),
    ),
    offer: {
      runtimes: values.BATON_RUNTIME,
      otherRuntimes: values.BATON_RUNTIME_CHOICES ?? [],
      models: toModels(values),
      otherModels: values.BATON_MODEL_CHOICES ?? [],
      turns: values.BATON_TURNS,
    },
    contextTokens: values.BATON_CONTEXT_TOKENS,
    modelKeys: keys.filter((key) => key !== undefined),
    prices: values.BATON_PRICES ?? {},
    budgets: toBudgets(values),
  };
}

function toModels(values: Values): Offer['models'] {
  const isForeign = values.BATON_PROVIDER !== undefined && values.BATON_PROVIDER !== 'anthropic';
  const usual = values.BATON_MODEL ?? [];
  function toTier(tier: Tier, given: readonly OfferedModel[] | undefined): readonly OfferedModel[] {
    const general = isForeign && hasGeneral(usual) ? usual : [{ model: ANTHROPIC[tier], runtime: null }];
    return withUsual(given ?? [], { usual, general });
  }
  return {
    opus: toTier('opus', values.BATON_MODEL_OPUS),
    sonnet: toTier('sonnet', values.BATON_MODEL_SONNET),
    haiku: toTier('haiku', values.BATON_MODEL_HAIKU),
    inherit: toTier('inherit', usual),
  };
}

/** A tier that says nothing of a runtime, or nothing in general, is what is usual there. */
function withUsual(
  given: readonly OfferedModel[],
  { usual, general }: Readonly<Record<'usual' | 'general', readonly OfferedModel[]>>,
): readonly OfferedModel[] {
  const told = new Set(given.map(({ runtime }) => runtime));
  return [
    ...given,
    ...general.filter(({ runtime }) => runtime === null && !told.has(null)),
    ...usual.filter(({ runtime }) => runtime !== null && !told.has(runtime)),
  ];
}

function hasGeneral(models: readonly OfferedModel[]): boolean {
  return models.some(({ runtime }) => runtime === null);
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
