import type { Fault } from './fault.ts';
import { isGiven } from './is-given.ts';
import type { Environment } from './read-values.ts';

/** The key that a provider cannot do without. */
const KEYS: Readonly<Record<string, string>> = { anthropic: 'ANTHROPIC_API_KEY', openai: 'OPENAI_API_KEY' };

/** Settings of the provider that are right by themselves and wrong together. */
export function findModelConflicts(environment: Environment): Fault[] {
  return isGiven(environment['BATON_PROVIDER'])
    ? [
        ...findMissingModel(environment),
        ...findMissingAccess(environment),
        ...findMissingOwnAccess(environment),
      ]
    : findMissingProvider(environment);
}

/** The same for the providers of single runtimes. */
function findMissingOwnAccess(environment: Environment): Fault[] {
  const { BATON_RUNTIME_PROVIDERS: text = '', BATON_PROVIDER: usual } = environment;
  const own = new Set(text.split(',').map((part) => part.split('=')[1]?.trim()));
  return [...own]
    .filter((provider) => provider !== undefined && provider !== usual)
    .flatMap((provider) => findMissingAccess({ ...environment, BATON_PROVIDER: provider }))
    .map((fault) => ({
      ...fault,
      problem: fault.problem.replace('BATON_PROVIDER is', 'BATON_RUNTIME_PROVIDERS has'),
    }));
}

function findMissingProvider({ BATON_PROVIDER_URL: url }: Environment): Fault[] {
  return isGiven(url)
    ? [
        {
          name: 'BATON_PROVIDER',
          problem: 'is missing, and BATON_PROVIDER_URL is set',
          remedy: 'Say what speaks at that URL: anthropic, openai, openai-compatible, bedrock or vertex.',
        },
      ]
    : [];
}

function findMissingModel({ BATON_PROVIDER: provider, BATON_MODEL: model }: Environment): Fault[] {
  return provider === 'anthropic' || isGiven(model)
    ? []
    : [
        {
          name: 'BATON_MODEL',
          problem: `is missing, and BATON_PROVIDER is ${provider}`,
          remedy: "Set it to a model of that provider: Baton knows only the names of Anthropic's.",
        },
      ];
}

/** Bedrock takes a key of its own, or an access key with its secret. */
function findMissingAwsAccess(environment: Environment): Fault[] {
  const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
  const missing = isGiven(environment['AWS_BEARER_TOKEN_BEDROCK'])
    ? []
    : keys.filter((name) => !isGiven(environment[name]));
  const names = ['AWS_REGION'].filter((name) => !isGiven(environment[name]));
  return [...names, ...missing].map((name) => ({
    name,
    problem: 'is missing, and BATON_PROVIDER is bedrock',
    remedy:
      name === 'AWS_REGION'
        ? 'Give the region in which your models are.'
        : 'Set it, or AWS_BEARER_TOKEN_BEDROCK to an API key of Bedrock in its place.',
  }));
}

/** Vertex AI takes a service account, in a region. */
function findMissingGoogleAccess(environment: Environment): Fault[] {
  const remedies = {
    VERTEX_REGION: 'Give the region in which your models are.',
    VERTEX_SERVICE_ACCOUNT: 'Give the path of the key file of a service account.',
  };
  return Object.entries(remedies)
    .filter(([name]) => !isGiven(environment[name]))
    .map(([name, remedy]) => ({ name, problem: 'is missing, and BATON_PROVIDER is vertex', remedy }));
}

function findMissingAccess(environment: Environment): Fault[] {
  const { BATON_PROVIDER: provider, BATON_PROVIDER_URL: url } = environment;
  if (provider === 'bedrock') {
    return findMissingAwsAccess(environment);
  }
  if (provider === 'vertex') {
    return findMissingGoogleAccess(environment);
  }
  const key = KEYS[provider ?? ''];
  if (key !== undefined && !isGiven(environment[key])) {
    return [
      {
        name: key,
        problem: `is missing, and BATON_PROVIDER is ${provider}`,
        remedy: 'Set it to a key of that provider.',
      },
    ];
  }
  return provider === 'openai-compatible' && !isGiven(url)
    ? [
        {
          name: 'BATON_PROVIDER_URL',
          problem: 'is missing, and BATON_PROVIDER is openai-compatible',
          remedy: 'Set it to the base URL of the server, such as http://127.0.0.1:11434/v1.',
        },
      ]
    : [];
}
