import { z } from 'zod';
import { amountTextSchema } from '../../domain/amount-text.ts';
import { pricesSchema } from '../../domain/price.ts';
import { apiUrlSchema } from '../api-url.ts';
import { modelsSchema, runtimeProvidersSchema } from '../by-runtime.ts';
import { oneOf } from '../one-of.ts';
import { toSecret } from '../secret.ts';
import { serviceAccountFileSchema } from '../service-account-file.ts';
import { defineSetting } from '../setting.ts';
import { yamlFileSchema } from '../yaml-file.ts';

const keySchema = z
  .string()
  .regex(/^[\x21-\x7e]{8,500}$/, 'must be 8 to 500 characters without white space')
  .transform(toSecret)
  .optional();

const TIER_REMEDY = 'Leave it out, or give names of models as their provider writes them, joined by commas.';

const BUDGET_REMEDY = 'Write an amount such as 5, $2.50 or 2000000 tokens, or leave it out for no limit.';

function budget(description: string) {
  return defineSetting({ description, schema: amountTextSchema.optional(), remedy: BUDGET_REMEDY });
}

/** Which models there are, and what may be used of them. */
export const modelSettings = {
  BATON_PROVIDER: defineSetting({
    description:
      'Whose API the models are asked with. `bedrock` is Claude by Amazon Bedrock, `vertex` Claude by Vertex AI of Google; `openai-compatible` is any server that speaks Chat Completions, such as ' +
      'Ollama or vLLM. Without it there are no models, which the `replay` runtime does not need.',
    schema: oneOf(['anthropic', 'openai', 'openai-compatible', 'bedrock', 'vertex']).optional(),
    remedy: 'Set it to the provider whose key you have.',
  }),
  BATON_PROVIDER_URL: defineSetting({
    description:
      "Base URL of the provider's API, with its version: `http://127.0.0.1:11434/v1` for Ollama on this machine. " +
      'Without it that of Anthropic or OpenAI.',
    schema: apiUrlSchema.optional(),
    remedy: 'Leave it out for Anthropic and OpenAI.',
  }),
  BATON_RUNTIME_PROVIDERS: defineSetting({
    description:
      'Another provider for single runtimes, such as `codex=openai` beside `BATON_PROVIDER=anthropic`. Such a runtime ' +
      'needs models of its own, as in `BATON_MODEL=claude-sonnet-5-5,codex=gpt-5.3-codex`.',
    schema: runtimeProvidersSchema.optional(),
    remedy: 'Leave it out when all runtimes ask the same provider.',
  }),
  ANTHROPIC_API_KEY: defineSetting({
    description:
      "Key for `BATON_PROVIDER=anthropic`. It stays with the server: agents get each attempt's own token.",
    schema: keySchema,
    remedy: 'Make one in the console of Anthropic.',
    secret: true,
  }),
  OPENAI_API_KEY: defineSetting({
    description:
      'Key for `BATON_PROVIDER=openai`, and for `openai-compatible` where the server wants one. It stays with the ' +
      'server.',
    schema: keySchema,
    remedy: 'Make one on the platform page of OpenAI.',
    secret: true,
  }),
  AWS_REGION: defineSetting({
    description: 'Region of Amazon Bedrock, for `BATON_PROVIDER=bedrock`.',
    schema: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/, 'must be a region such as eu-central-1')
      .optional(),
    remedy: 'Give the region in which your models are.',
  }),
  AWS_BEARER_TOKEN_BEDROCK: defineSetting({
    description: 'API key of Bedrock. It goes before the access key, and stays with the server.',
    schema: keySchema,
    remedy: 'Make one in the console of Bedrock, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    secret: true,
  }),
  AWS_ACCESS_KEY_ID: defineSetting({
    description:
      'Access key that signs the calls to Bedrock, with `AWS_SECRET_ACCESS_KEY`. It needs the right ' +
      '`bedrock:InvokeModel` and `bedrock:InvokeModelWithResponseStream`, and nothing else.',
    schema: keySchema,
    remedy: 'Give the access key of an IAM user that may do nothing else.',
    secret: true,
  }),
  AWS_SECRET_ACCESS_KEY: defineSetting({
    description: 'Secret of `AWS_ACCESS_KEY_ID`. It stays with the server.',
    schema: keySchema,
    remedy: 'Give the secret that belongs to AWS_ACCESS_KEY_ID.',
    secret: true,
  }),
  AWS_SESSION_TOKEN: defineSetting({
    description: 'Session token of an access key that does not last. Baton does not renew it.',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{8,5000}$/, 'must be without white space')
      .transform(toSecret)
      .optional(),
    remedy: 'Leave it out for keys of an IAM user.',
    secret: true,
  }),
  VERTEX_SERVICE_ACCOUNT: defineSetting({
    description:
      'File with the key of a service account of Google Cloud, as JSON, for `BATON_PROVIDER=vertex`. Nobody but its owner ' +
      'may be able to read it. The account needs the role `roles/aiplatform.user`, and nothing else. The key stays with ' +
      'the server.',
    schema: serviceAccountFileSchema.optional(),
    remedy: 'Give the path of the file that Google Cloud makes for a key of the account.',
  }),
  VERTEX_REGION: defineSetting({
    description:
      'Where your models are in Vertex AI: a region such as `europe-west1`, the group of regions `us` or `eu`, or `global`.',
    schema: z
      .string()
      .regex(
        /^(global|us|eu|[a-z]+-[a-z]+\d{1,2})$/,
        'must be a region such as europe-west1, us, eu or global',
      )
      .optional(),
    remedy: 'Give the region in which your models are.',
  }),
  VERTEX_PROJECT: defineSetting({
    description:
      'Id of the project in Google Cloud that has the models. Without it that of the service account.',
    schema: z
      .string()
      .regex(/^[a-z][a-z0-9.:-]{1,80}$/, 'must be the id of a project')
      .optional(),
    remedy: 'Leave it out for the project of the service account.',
  }),
  BATON_PRICES: defineSetting({
    description:
      'YAML or JSON file with your own prices, in US dollars per million tokens: model -> `input`, `output`, ' +
      '`cached`, `cacheWrite`. They go before the public price list.',
    schema: yamlFileSchema(pricesSchema).optional(),
    remedy: 'See docs/guides/cost-and-budgets.md for an example.',
  }),
  BATON_MODEL: defineSetting({
    description:
      'Model of the roles that name no tier, by the name that the runtime and the provider know it by. Without it ' +
      '`claude-sonnet-5-5`, which only Anthropic has: with any other provider it must be set, and then stands for ' +
      'every tier that is not. Of several, joined by commas, each is asked when those before it have failed; ' +
      '`codex=gpt-5.3-codex` is for the runtime `codex` alone, which is then asked with no other. So it is for each tier.',
    schema: modelsSchema.optional(),
    remedy: TIER_REMEDY,
  }),
  BATON_MODEL_OPUS: defineSetting({
    description:
      'Model of the roles with `model: opus`: few, for what is hard to take back. Without it `claude-opus-5-5`.',
    schema: modelsSchema.optional(),
    remedy: TIER_REMEDY,
  }),
  BATON_MODEL_SONNET: defineSetting({
    description: 'Model of the roles with `model: sonnet`: most of them. Without it `claude-sonnet-5-5`.',
    schema: modelsSchema.optional(),
    remedy: TIER_REMEDY,
  }),
  BATON_MODEL_HAIKU: defineSetting({
    description:
      'Model of the roles with `model: haiku`: for what is looked up rather than thought out. Without it ' +
      '`claude-haiku-4-5`.',
    schema: modelsSchema.optional(),
    remedy: TIER_REMEDY,
  }),
  BATON_MODEL_CHOICES: defineSetting({
    description:
      'Further models that repositories may choose by name, joined by commas. Those of the tiers they may choose anyhow.',
    schema: modelsSchema.optional(),
    remedy: TIER_REMEDY,
  }),
  BATON_CONTEXT_TOKENS: defineSetting({
    description:
      'Tokens that each of the models takes in one conversation. A brief takes at most 30 % of it, and the runtime ' +
      '`ai-sdk` makes room in time.',
    schema: z
      .string()
      .regex(/^[1-9]\d{3,6}$/, 'must be a number from 1000 to 9999999')
      .transform(Number),
    default: '200000',
    remedy: 'Leave it out for 200000, or give the window of your smallest model.',
  }),
  BATON_BUDGET_RUN: budget('What one run may use, in US dollars or tokens. Recommended: 5.'),
  BATON_BUDGET_SUBJECT: budget(
    'What all runs of one issue or pull request may use together. Recommended: 15.',
  ),
  BATON_BUDGET_REPOSITORY: budget(
    'What the runs of one repository may use in a calendar month (UTC). Recommended: 200.',
  ),
  BATON_BUDGET_DAY: budget('What all runs of this server may use in a day (UTC). Recommended: 50.'),
};
