import { randomBytes } from 'node:crypto';

/** A secret that must not get out, and what of it is looked for. */
export interface Canary {
  readonly name: string;
  readonly pattern: RegExp;
}

/** A secret that is found again, whatever it is wrapped into. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** Long enough to be told from everything else, in a form that no scanner takes for a key of somebody. */
export function newSecret(name: string): Secret {
  return { name, value: `canary-${randomBytes(12).toString('hex')}` };
}

/** Tokens that are made while the server runs; their random part, since a mask may leave their first letters. */
const TOKENS: readonly Canary[] = [
  { name: 'a token of the installation', pattern: /ghs_\w*\.[\w-]{20}/ },
  { name: 'a token in the form of git', pattern: /eC1hY2Nlc3MtdG9rZW46[A-Za-z0-9+/]{10}/ },
  { name: 'a token of the App', pattern: /eyJhbGciOiJSUzI1NiI[\w-]*\.[\w-]{20}/ },
];

/** What is looked for: each secret as it is, in base64 at any offset, and in hexadecimal digits. */
export function toCanaries(secrets: readonly Secret[], privateKey: string): readonly Canary[] {
  const lines = privateKey.split('\n').filter((line) => /^[A-Za-z0-9+/=]{60,}$/.test(line));
  return [
    ...secrets.map(({ name, value }) => ({ name, pattern: toPattern([value]) })),
    { name: 'the private key', pattern: toPattern(lines) },
    ...TOKENS,
  ];
}

export function findCanaries(canaries: readonly Canary[], text: string): readonly string[] {
  return canaries.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
}

function toPattern(values: readonly string[]): RegExp {
  return new RegExp(values.flatMap(toForms).map(escape).join('|'));
}

function toForms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const shifted = ['', ' ', '  '].map((lead) => {
    const text = Buffer.concat([Buffer.from(lead), bytes]).toString('base64');
    return text.slice(4, -4);
  });
  return [value, ...shifted, bytes.toString('hex')];
}

function escape(text: string): string {
  return text.replaceAll(/[+/.]/g, String.raw`\$&`);
}
