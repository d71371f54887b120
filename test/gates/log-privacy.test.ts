import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/log-privacy.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: NonNullable<Change['files']>, options = {}) {
  return gate.judge(evidenceOf({ files }), gate.options.parse(options));
}

async function findings(path: string, head: string, options = {}) {
  const verdict = await judge({ [path]: { head: `${head}\n` } }, options);
  return verdict.kind === 'fail'
    ? verdict.findings.map(({ line, message }) => `${line}: ${message.split('.')[0]}`)
    : verdict.kind;
}

describe('src/gates/log-privacy.ts', () => {
  test.each([
    ['a.ts', 'logger.info({ userEmail }, "in");', '1: This logs email (`userEmail`)'],
    ['a.ts', 'log.warn(`failed for ${user.phone}`);', '1: This logs phone (`user'],
    ['a.ts', 'console.error("denied", req.headers);', '1: This logs a whole request (`req'],
    ['a.ts', 'this.logger.debug({ who: session?.token });', '1: This logs token (`session'],
    ['a.ts', 'requestLog.child({ ssn }).error("no");', '1: This logs ssn (`ssn`)'],
    ['a.py', 'logger.info("in", extra={"email": address})', '1: This logs email (`email`)'],
    ['a.py', 'self._log.exception(f"no {user.password!r}")', '1: This logs password (`user'],
    ['a.py', 'logging.info("password=%s", value)', '1: This logs password (`password=%s`)'],
    ['a.py', 'log.info(\n    "in",\n    card_number=number,\n)', '3: This logs card number (`card_number`)'],
    ['a.py', 'print(customer["date_of_birth"])', '1: This logs date of birth (`customer'],
  ])('finds in %s: %s', async (path, head, finding) => {
    expect(await findings(path, head)).toEqual([finding]);
  });

  test.each([
    [
      'a.ts',
      'logger.info({ email: mask(user.email), emailSent, tokenCount, cookieConsent, userId }, "password was changed");',
    ],
    ['a.ts', 'mailer.send({ email: user.email }); catalog.info(email);'],
    ['a.ts', '// logger.info(user.email)\nconst help = "logger.info(user.email)";'],
    ['a.py', 'logger.info("in", extra={"email": hash_email(user.email), "has_phone": has_phone})'],
    ['a.py', '"""\nlogger.info(user.email)\n"""'],
    ['test/a.test.ts', 'logger.info(user.email);'],
  ])('lets be in %s: %s', async (path, head) => {
    expect(await findings(path, head)).toBe('pass');
  });

  test('judges only what the change adds', async () => {
    const old = 'logger.info(user.email);\n';
    expect(await judge({ 'a.ts': { base: old, head: `${old}logger.info("in");\n` } })).toMatchObject({
      kind: 'pass',
      summary: expect.stringContaining('1 added log statements'),
    });
  });

  test('can be told of further words, and of names that are fine', async () => {
    const head = 'logger.info({ patientId, email });';
    expect(await findings('a.ts', head, { words: ['patient_id'], allow: ['email'] })).toBe('pass');
    expect(await findings('a.ts', 'logger.info({ patientName });', { words: ['patient_name'] })).toEqual([
      '1: This logs patient name (`patientName`)',
    ]);
  });

  test('finds logs that were committed', async () => {
    expect(await judge({ 'app/logs/today.txt': { head: 'in: maria@example.com\n' } })).toMatchObject({
      kind: 'fail',
      findings: [{ path: 'app/logs/today.txt', line: 1 }],
    });
  });

  test('does not pass what cannot be parsed', async () => {
    expect(await findings('a.ts', 'logger.info(')).toEqual(['undefined: a']);
  });
});
