import { type SourceCall, type SourceFacts, type Stretch, within } from '../source/source-facts.ts';
import { waysToEnvironment } from '../source/ways-to-environment.ts';
import { hasWords, wordsOf } from '../source/words.ts';

/** How languages name a variable of the environment where they read it; what is called `env` is one, whoever named it. */
const READ = /^(?:(?:[\w$]+(?:\(\))?\.){0,3}env|\.env|(?:\w+(?:\(\))?\.)?environb?)\.(\w*)(?=\.|$)/;
/** And how they ask for it by a text. */
const ASKED = /^(?:(?:\w+\.)?(?:getenvb?|environb?\.(?:get|pop|setdefault))|Deno\.env\.get)$/;
/** What may be asked for something else, too. */
const MAY_ASK = /^(?:config|env(?:\.(?!(?:set|delete|unset)$)\w+)?)$/;

/** A variable that a file reads; without a text when only who runs it knows which one. */
export interface EnvironmentRead extends Stretch {
  readonly text: string | null;
}

/** The variables of the environment that a file reads, each by itself. */
export function readsOf(facts: SourceFacts): readonly EnvironmentRead[] {
  const namesOf = waysToEnvironment(facts);
  const read = facts.names.flatMap((name) => {
    const variable = namesOf(name.text)
      .map(variableOf)
      .find((one) => one !== null);
    return variable === undefined ? [] : [{ ...name, text: variable.name }];
  });
  const called = facts.calls.flatMap((call) => {
    const callees = namesOf(call.callee);
    // The last part is what is called: `process.env.TOKEN.trim`.
    const variable = callees
      .map((one) => variableOf(one.slice(0, Math.max(0, one.lastIndexOf('.')))))
      .find((one) => one !== null);
    return variable === undefined
      ? askedBy(facts, call, callees)
      : [{ ...call, text: variable?.name ?? null }];
  });
  const all = [...read, ...called].toSorted((a, b) => a.start - b.start);
  // What is called on a variable may be read as a value, too.
  return [...new Map(all.map((one) => [`${one.line} ${one.text}`, one])).values()];
}

/** By its first argument, which is a text, or has to be found out. */
function askedBy(
  facts: SourceFacts,
  call: SourceCall,
  callees: readonly string[],
): readonly EnvironmentRead[] {
  const isCertain = callees.some((callee) => ASKED.test(callee));
  if (!isCertain && !callees.some((callee) => MAY_ASK.test(callee))) {
    return [];
  }
  const place = { ...call, start: call.argumentsAt };
  const [text] = within(facts.texts, place);
  const others = [...within(facts.names, place), ...within(facts.calls, place)];
  const isText =
    text !== undefined && !text.text.includes('{}') && others.every(({ start }) => start > text.start);
  if (isText) {
    return [text];
  }
  return isCertain ? [{ ...call, text: null }] : [];
}

function variableOf(name: string): { readonly name: string | null } | null {
  const [, variable] = READ.exec(name) ?? [];
  return variable === undefined ? null : { name: variable === '' ? null : variable };
}

const SECRETS = [
  'secret',
  'token',
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'credential',
  'credentials',
  'api key',
  'apikey',
  'access key',
  'account key',
  'private key',
  'signing key',
  'encryption key',
  'connection string',
  'dsn',
  'database url',
  'db url',
];

/** What is known of a secret and is none: where it lies, how long it holds. */
const ABOUT =
  /^(?:file|path|dir|name|names|id|arn|ttl|seconds|version|length|header|issuer|audience|algorithm|endpoint|limit|limits)$/;

/** Whether a variable holds a secret, by its name. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  return !ABOUT.test(words.at(-1) ?? '') && SECRETS.some((secret) => hasWords(words, secret));
}
