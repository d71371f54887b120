import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/secrets.ts';
import { cpuMs } from '../support/cpu-ms.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: Change['files'], given: unknown = {}) {
  return gate.judge(evidenceOf({ files: files ?? {} }), gate.options.parse(given));
}

// Put together here, so that this file holds nothing that a scanner takes for real.
const GITHUB_TOKEN = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
const AWS_ID = ['AKIA', 'QWERTYUIOPASDFGH'].join('');
const AWS_KEY = ['AWS_SECRET_ACCESS_KEY=', 'q7alrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz'].join('');
const SLACK_TOKEN = ['xoxb', '123456789012', '1234567890123', 'abcdefghijklmnopqrstuvwx'].join('-');

function privateKey(type: 'rsa' | 'ed25519'): string {
  const { privateKey: key } =
    type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

describe('src/gates/secrets.ts', () => {
  test.each([
    ['a GitHub token', `const token = '${GITHUB_TOKEN}';`, GITHUB_TOKEN],
    ['an AWS key id', `id: ${AWS_ID}`, AWS_ID],
    ['an AWS secret key', AWS_KEY, AWS_KEY.slice(-20)],
    ['a Slack token', SLACK_TOKEN, SLACK_TOKEN],
    ['an RSA key', privateKey('rsa'), 'PRIVATE KEY'],
    ['an Ed25519 key', privateKey('ed25519'), 'PRIVATE KEY'],
  ])('fails on %s, with its place and without its text', async (_, secret, part) => {
    const verdict = await judge({ 'src/a.ts': { base: 'one\n', head: `one\n${secret}\n` } });
    expect(verdict).toMatchObject({ kind: 'fail', findings: [{ path: 'src/a.ts', line: 2 }] });
    expect(JSON.stringify(verdict)).not.toContain(part);
  });

  test('does not let the change switch it off', async () => {
    const head = `/* secretlint-disable */\n// secretlint-disable-next-line\n${GITHUB_TOKEN} // secretlint-disable-line\n`;
    expect(await judge({ 'src/a.ts': { head } })).toMatchObject({ kind: 'fail', findings: [{ line: 3 }] });
  });

  test('reads no settings from the change', async () => {
    const verdict = await judge({
      '.secretlintrc.json': { head: '{"rules":[]}' },
      '.secretlintignore': { head: '**' },
      'src/a.ts': { head: GITHUB_TOKEN },
    });
    expect(verdict.kind).toBe('fail');
  });

  test('sees through a NUL byte that makes git call a file binary', async () => {
    expect((await judge({ 'a.bin': { head: `\0\n${GITHUB_TOKEN}\n` } })).kind).toBe('fail');
  });

  test('fails at once when there are more files than it would read', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1001 }, (_, index) => [`${index}.txt`, { head: 'x\n' }]),
    );
    expect(await judge(files)).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringMatching(/^1001 files/) }],
    });
  });

  test('reads text in UTF-16', async () => {
    const head = new Uint8Array(Buffer.from(`one\n${GITHUB_TOKEN}\n`, 'utf16le'));
    expect(await judge({ 'a.txt': { head } })).toMatchObject({ kind: 'fail', findings: [{ line: 2 }] });
  });

  test.each([
    ['key beginnings', '-----BEGIN PRIVATE KEY-----\n'.repeat(35_000)],
    ['short keys', `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(40)}\n`.repeat(14_000)],
    ['token beginnings', 'ghp_'.repeat(249_000)],
  ])('stays fast on a file full of %s', async (_, head) => {
    const start = cpuMs();
    await judge({ 'a.txt': { head } });
    expect(cpuMs() - start).toBeLessThan(2_000);
  });

  test('breaks, and does not pass, when a changed file cannot be read', async () => {
    const evidence = evidenceOf({ files: { 'a.ts': { head: 'x' } } });
    const unreadable = { ...evidence, readFile: () => Promise.resolve(null) };
    await expect(gate.judge(unreadable, { exclude: [] })).rejects.toThrow(
      'a.ts is changed but cannot be read',
    );
  });

  test('has nothing to read in a submodule', async () => {
    const evidence = evidenceOf({});
    const submodule = {
      path: 'lib/other',
      status: 'added',
      mode: '160000',
      additions: 1,
      deletions: 0,
      binary: false,
    } as const;
    const verdict = await gate.judge(
      { ...evidence, changedFiles: () => Promise.resolve([submodule]) },
      { exclude: [] },
    );
    expect(verdict.kind).toBe('pass');
  });

  test('finds a key that the change completes', async () => {
    const lines = privateKey('rsa').split('\n');
    const base = lines.toSpliced(3, 1).slice(1).join('\n');
    expect((await judge({ 'key.txt': { base, head: lines.join('\n') } })).kind).toBe('fail');
  });

  test('refuses a file that is too large to be scanned', async () => {
    expect(await judge({ 'big.txt': { head: 'x'.repeat(1_000_001) } })).toMatchObject({
      kind: 'fail',
      findings: [{ path: 'big.txt', message: expect.stringContaining('1000001 bytes') }],
    });
  });

  test.each<[string, Change['files'], unknown?]>([
    ['a change without secrets', { 'src/a.ts': { head: 'export const a = 1;\n' } }],
    [
      'a secret that was there before',
      { 'a.ts': { base: `${GITHUB_TOKEN}\n`, head: `${GITHUB_TOKEN}\nmore\n` } },
    ],
    ['a secret that is taken out', { 'a.ts': { base: `${GITHUB_TOKEN}\nmore\n`, head: 'more\n' } }],
    ['a deleted file', { 'a.ts': { base: GITHUB_TOKEN } }],
    [
      'a file that the workflow excludes',
      { 'test/keys/a.pem': { head: privateKey('rsa') } },
      { exclude: ['test/keys/**'] },
    ],
  ])('passes %s', async (_, files, given) => {
    expect((await judge(files, given)).kind).toBe('pass');
  });
});
