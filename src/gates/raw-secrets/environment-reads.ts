import type { SourceFacts, SourceText } from '../source/source-facts.ts';
import { hasWords, wordsOf } from '../source/words.ts';

/** How languages name a variable of the environment where they read it. */
const READ = /^(?:(?:process|Bun|import\.meta)\.env|\.env|(?:os\.)?environb?)\.(\w+)$/;
/** And how they ask for it by a text. */
const ASKED =
  /^(?:(?:os\.)?(?:getenvb?|environb?\.(?:get|pop|setdefault))|Deno\.env\.get|config|env(?:\.\w+)?)$/;

/** The variables of the environment that a file reads by name. */
export function readsOf({ names, calls, texts }: SourceFacts): readonly SourceText[] {
  const read = names.flatMap((name) => {
    const variable = READ.exec(name.text)?.[1];
    return variable === undefined ? [] : [{ ...name, text: variable }];
  });
  const asked = calls
    .filter(({ callee }) => ASKED.test(callee))
    .flatMap((call) => texts.find(({ start, end }) => start >= call.argumentsAt && end <= call.end) ?? []);
  return [...read, ...asked];
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
