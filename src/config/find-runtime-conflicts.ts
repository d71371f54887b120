import type { Fault } from './fault.ts';
import { isGiven } from './is-given.ts';
import { namedRuntimes } from './named-runtimes.ts';
import type { Environment } from './read-values.ts';

/** Providers that speak as OpenAI does; all others speak as Anthropic does. */
const LIKE_OPENAI = ['openai', 'openai-compatible'];

/** Which of the two each runtime speaks that asks models. */
const SPOKEN: Readonly<Record<string, 'anthropic' | 'openai' | 'both'>> = {
  'ai-sdk': 'both',
  acp: 'both',
  claude: 'anthropic',
  codex: 'openai',
};

/** Settings of runtimes and a provider that are right by themselves and wrong together. */
export function findRuntimeConflicts(environment: Environment): Fault[] {
  const { BATON_PROVIDER: usual, BATON_RUNTIME_PROVIDERS: text = '', BATON_MODEL: models = '' } = environment;
  const own = new Map(text.split(',').map((part) => toPair(part)));
  return [
    ...namedRuntimes(environment).flatMap((runtime) => findConflict(runtime, own.get(runtime) ?? usual)),
    ...[...own.keys()]
      .filter((runtime) => runtime !== '' && !models.split(',').some((part) => toPair(part)[0] === runtime))
      .map((runtime) => ({
        name: 'BATON_MODEL',
        problem: `has no model for ${runtime}, which has a provider of its own`,
        remedy: `Add ${runtime}= and the name of a model of that provider, after a comma.`,
      })),
  ];
}

function toPair(part: string): readonly [string, string | undefined] {
  const [name = '', value] = part.split('=', 2);
  return [name.trim(), value?.trim()];
}

function findConflict(runtime: string, provider: string | undefined): Fault[] {
  const spoken = SPOKEN[runtime];
  if (spoken === undefined) {
    return [];
  }
  if (provider === undefined || !isGiven(provider)) {
    return [
      {
        name: 'BATON_PROVIDER',
        problem: `is missing, and ${runtime} is one of the runtimes`,
        remedy: 'Set it to the provider whose key you have.',
      },
    ];
  }
  const isHeard = spoken === 'both' || LIKE_OPENAI.includes(provider) === (spoken === 'openai');
  return isHeard
    ? []
    : [
        {
          name: 'BATON_RUNTIME',
          problem: `has ${runtime}, which speaks the API of ${spoken}, and its provider is ${provider}`,
          remedy: 'Take ai-sdk in its place, or another provider.',
        },
      ];
}
