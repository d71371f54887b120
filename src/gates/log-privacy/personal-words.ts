import { hasWords, wordsOf } from '../source/words.ts';

/** What is said of a person, or lets in whoever knows it. */
const PERSONAL = [
  'email',
  'e mail',
  'mail address',
  'ssn',
  'social security',
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'api key',
  'private key',
  'authorization',
  'cookie',
  'credit card',
  'card number',
  'cvv',
  'iban',
  'account number',
  'phone',
  'mobile number',
  'birth date',
  'date of birth',
  'birthday',
  'dob',
  'passport',
  'national id',
  'tax id',
  'first name',
  'last name',
  'full name',
  'street',
  'home address',
  'postal address',
  'ip address',
];

/** What is known of it and says nothing: `email_sent`, `tokenCount`. */
const HARMLESS =
  /^(?:count|counts|sent|id|ids|enabled|disabled|valid|invalid|verified|hash|hashed|masked|redacted|encrypted|length|size|type|kind|template|domain|present|exists|missing|changed|reset|expired|expires|expiry|ttl|limit|usage|required|optional|failed|error|errors|service|provider|queue|status|consent|policy|version|path|file|manager|store|vault)$/;

/** All that a caller has sent. */
const WHOLE =
  /^(?:req|request|ctx\.request|event|ctx\.req)\.(?:body|headers|cookies|form|data|json)$|^req$|^request$/;

/** Which personal word a name has, or that it stands for a whole request; null when neither. */
export function findPersonal(name: string, further: readonly string[]): string | null {
  if (WHOLE.test(name)) {
    return 'a whole request';
  }
  const words = wordsOf(name.slice(name.lastIndexOf('.') + 1));
  if (HARMLESS.test(words.at(-1) ?? '') || words[0] === 'has' || words[0] === 'is') {
    return null;
  }
  return (
    [...PERSONAL, ...further.map((word) => wordsOf(word).join(' '))].find((word) => hasWords(words, word)) ??
    null
  );
}
