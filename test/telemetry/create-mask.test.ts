import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMask } from '../../src/telemetry/create-mask.ts';
import { cpuMs } from '../support/cpu-ms.ts';

const { privateKey: PEM } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Every way in which a secret can leave, and how whoever reads it undoes that. */
const ENCODINGS: Record<string, (secret: string, before: string) => string> = {
  plain: (secret) => secret,
  json: (secret) => JSON.stringify({ secret }),
  'json in json': (secret) => JSON.stringify({ body: JSON.stringify({ secret }) }),
  'json with ascii only': (secret) =>
    JSON.stringify(secret).replaceAll(
      /[^\0-\x7f]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'url component': (secret) => `https://a.b/?secret=${encodeURIComponent(secret)}`,
  'url component, lower case': (secret) =>
    encodeURIComponent(secret).replaceAll(/%../g, (escape) => escape.toLowerCase()),
  'url form': (secret) => new URLSearchParams({ secret }).toString(),
  url: (secret) => encodeURI(secret),
  base64: toBase64,
  'base64 after other text': (secret, before) => `Basic ${toBase64(`${before}${secret}`)}`,
  'base64 between other text': (secret, before) => toBase64(`${before}${secret}${before}`),
  base64url: (secret, before) => Buffer.from(`${before}${secret}`).toString('base64url'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
};

/** Without the masks, and without the one character on each side that base64 makes of a secret's edge and its neighbour. */
function toRest(masked: string): string {
  return masked.replaceAll(/[\w+/-]?\[secret\][\w+/-]?=*/g, '#');
}

describe('src/telemetry/create-mask', () => {
  const secrets = fc.string({ unit: 'binary', minLength: 8, maxLength: 60 }).filter((text) => {
    return text.isWellFormed() && text.trim().length >= 8 && !text.includes('secret');
  });

  const neighbours = fc.constantFrom('', 'a:', 'user:', 'x-access-token:');

  it.each(Object.entries(ENCODINGS))('leaves nothing of a secret that comes as %s', (_, encode) => {
    fc.assert(
      fc.property(secrets, neighbours, (secret, before) => {
        const masked = createMask([secret])(encode(secret, before));
        expect(masked).toContain('[secret]');
        // What is left does not depend on the secret: it is the same for another one of that length.
        const other = 'x'.repeat(Buffer.byteLength(secret));
        expect(toRest(masked)).toBe(toRest(createMask([other])(encode(other, before))));
      }),
    );
  });

  it('masks a private key in all these encodings, and each of its lines', () => {
    const mask = createMask([PEM]);
    const lines = PEM.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'));
    for (const encode of Object.values(ENCODINGS)) {
      const masked = mask(encode(PEM, 'x'));
      for (const line of lines) {
        expect(masked).not.toContain(line);
        expect(masked).not.toContain(toBase64(line).slice(4, -4));
      }
    }
    for (const line of lines) {
      expect(mask(`one line: ${line}`)).toBe('one line: [secret]');
      expect(mask(`one line: ${encodeURIComponent(line)}`)).toBe('one line: [secret]');
    }
  });

  it('masks all of several secrets, the longest first', () => {
    expect(createMask(['abcdefgh', 'abcdefghijkl'])('abcdefghijkl abcdefgh')).toBe('[secret] [secret]');
  });

  it('takes the characters of a secret literally', () => {
    const secret = String.raw`a.c*(d)+[e]{1}^$|\n?/`;
    expect(createMask([secret])(`<${secret}> abcdddde`)).toBe('<[secret]> abcdddde');
  });

  it('does not hide what is too short to be a secret', () => {
    expect(createMask(['', 'a', 'abc'])('a and abc')).toBe('a and abc');
  });

  it.each([
    ['ghs_16C7e42F292c6912E7710c838347Ae178B4a', '[secret]'],
    ['token ghp_16C7e42F292c6912E7710c838347Ae178B4a.', 'token [secret]'],
    ['github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz0123456789', '[secret]'],
    [
      'gho_16C7e42F292c6912E771 ghu_16C7e42F292c6912E771 ghr_16C7e42F292c6912E771',
      '[secret] [secret] [secret]',
    ],
    ['jwt eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl-_x', 'jwt [secret]'],
    ['authorization: Bearer abcdef', 'authorization: [secret]'],
    ['{"Authorization":"token abcdef","a":1}', '{"Authorization":"[secret]","a":1}'],
    [
      String.raw`{"m":"{\"authorization\":\"Basic YWJj\"}"}`,
      String.raw`{"m":"{\"authorization\":\"[secret]\"}"}`,
    ],
    ['https://x-access-token:abcdef@github.com/a/b', 'https://x-access-token:[secret]@github.com/a/b'],
    ['postgres://baton:pa55@db/baton', 'postgres://baton:[secret]@db/baton'],
    ['https://github.com/a/b:c@d', 'https://github.com/a/b:c@d'],
    ['-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----\\n', '[secret]\\n'],
    ['{"key":"-----BEGIN RSA PRIVATE KEY-----\\nabc"}', '{"key":"[secret]"}'],
    [
      `id ${['AKIA', 'QWERTYUIOPASDFGH'].join('')}, key ${['sk', 'ant', 'api03', 'abcdefghijklmnop'].join('-')}`,
      'id [secret], key [secret]',
    ],
    [
      `${['xoxb', '123456789012', 'abcdefghijkl'].join('-')} ${['npm', 'abcdefghijklmnopqrstuvwxyz'].join('_')}`,
      '[secret] [secret]',
    ],
    ['a task-force-of-many-people, AKIA, sk-learn', 'a task-force-of-many-people, AKIA, sk-learn'],
    ['nothing here: ghost_story, gh_x, eyJust words', 'nothing here: ghost_story, gh_x, eyJust words'],
  ])('masks what looks like a credential: %s', (text, expected) => {
    expect(createMask([])(text)).toBe(expected);
  });

  it('takes time in proportion to the text, also when somebody wrote it to be slow', () => {
    const mask = createMask([PEM, 'a-webhook-secret']);
    for (const unit of [
      'eyJ',
      '-eyJ',
      'ghs_',
      '://',
      '://a:',
      'authorization',
      'authorization:',
      '-----BEGIN ',
      'AKIA',
      'sk-',
    ]) {
      const start = cpuMs();
      mask(unit.repeat(400_000 / unit.length));
      expect(cpuMs() - start, unit).toBeLessThan(1000);
    }
  });
});
