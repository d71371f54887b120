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

const WHOLE = '1: This logs all that is known of somebody, or of the environment (`';

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
    ['a.ts', 'process.stdout.write(user.email);', '1: This logs email (`user'],
    ['a.ts', 'console.table(user.phone);', '1: This logs phone (`user'],
    ['a.py', 'sys.stderr.write(user.email)', '1: This logs email (`user'],
    ['a.py', 'print(customer["date_of_birth"])', '1: This logs date of birth (`customer'],
    [
      'a.ts',
      'log.info(JSON.stringify(user));',
      '1: This logs all that is known of somebody, or of the environment (`user`)',
    ],
    [
      'a.ts',
      'log.info("in", user);',
      '1: This logs all that is known of somebody, or of the environment (`user`)',
    ],
    [
      'a.ts',
      'log.info({ user: currentUser });',
      '1: This logs all that is known of somebody, or of the environment (`currentUser`)',
    ],
    [
      'a.ts',
      'log.info({ ...req.user }, "in");',
      '1: This logs all that is known of somebody, or of the environment (`req',
    ],
    [
      'a.ts',
      'log.info(`in ${JSON.stringify({ user })}`);',
      '1: This logs all that is known of somebody, or of the environment (`user`)',
    ],
    [
      'a.ts',
      'log.info(customer.toJSON());',
      '1: This logs all that is known of somebody, or of the environment (`customer',
    ],
    [
      'a.ts',
      'console.log(process.env);',
      '1: This logs all that is known of somebody, or of the environment (`process',
    ],
    [
      'a.py',
      'logger.info(json.dumps(user.__dict__))',
      '1: This logs all that is known of somebody, or of the environment (`user',
    ],
    [
      'a.py',
      'logger.info(f"in {user}")',
      '1: This logs all that is known of somebody, or of the environment (`user`)',
    ],
    [
      'a.py',
      'logger.bind(patient=patient).info("in")',
      '1: This logs all that is known of somebody, or of the environment (`patient`)',
    ],
    [
      'a.py',
      'print(user.model_dump())',
      '1: This logs all that is known of somebody, or of the environment (`user',
    ],
    ...[
      'console.log(import.meta.env);',
      'const env = process.env; log.info({ env });',
      "import { env as e } from 'node:process'; log.info(e);",
      'const { env: vars } = process; log.info(JSON.stringify(vars));',
      'console.log(Deno.env.toObject());',
      'log.info(`in ${JSON.stringify(session)}`);',
      'log.info({ session }, "in");',
      'log.info("in", profile);',
      "log.info('created %j', session);",
      "console.log('user session: %o', session);",
      "log.info('%s started', name, { session });",
      "console.log('%d items', n, session);",
      "console.log(n, '%s', session);",
      "log.info('100% sure, %%s', session);",
      "log.info('%s of %s', ...names, session);",
      "log.info('%s', { session });",
      "log.info(util.format('%j', session));",
      "const { format } = util; log.info('%s', format('%s %O', name, session));",
    ].map((head): [string, string, string] => ['a.ts', head, WHOLE]),
    ...[
      'import os as o; print(o.environ)',
      'from os import environ as e; logger.info("in %s", dict(e))',
      'logger.info(f"in {environ}")',
      'logger.info(f"in {request.session}")',
      'logger.info("in %s", user.profile)',
      'logger.info(f"in {user_profile}")',
      'logger.info("login %s", user_id, extra={"session": session})',
      'logger.info("login %s", user_id, session=session)',
      'logger.info("login %r", session)',
    ].map((head): [string, string, string] => ['a.py', head, WHOLE]),
  ])('finds in %s: %s', async (path, head, finding) => {
    expect(await findings(path, head)).toEqual([expect.stringContaining(finding)]);
  });

  test.each([
    [
      'a.ts',
      'logger.info({ email: mask(user.email), emailSent, tokenCount, cookieConsent, userId }, "password was changed");',
    ],
    ['a.ts', 'log.info({ user: user.id, users: users.length, by: idOf(user) }, "user");'],
    ['a.py', 'logger.info("%d of %s", len(users), user.id, extra={"user": user_id})'],
    ['a.ts', 'mailer.send({ email: user.email }); catalog.info(email);'],
    ['a.ts', '// logger.info(user.email)\nconst help = "logger.info(user.email)";'],
    ['a.py', 'logger.info("in", extra={"email": hash_email(user.email), "has_phone": has_phone})'],
    ['a.ts', 'log.info(`started in ${env}`); log.info({ env: config.env }, app.env);'],
    ['a.ts', 'const env = process.env.NODE_ENV; log.info({ env, e: process.env.NODE_ENV });'],
    ['a.ts', 'const { NODE_ENV: env } = process.env; log.info(`started in ${env}`);'],
    ['a.ts', 'log.info(`built ${profile}, ${aws.profile}`); log.info("browser session %s", session);'],
    ['a.py', 'logger.info(f"with {profile} in {env}, {settings.env}: {self.session}")'],
    ['a.py', 'logger.info("with the profile %s of %s", profile, env)'],
    ['a.ts', "log.info({ n }, '%j: %s', n, session); console.log('%d%% ' + 'of %s', n, session);"],
    ['a.ts', "log.info(util.format('%s', session));"],
    ['a.py', 'logger.log(logging.INFO, "built "\n    "%s", profile, extra={"n": n})'],
    ['a.py', 'logger.info("with {}".format(profile))'],
    ['a.py', '"""\nlogger.info(user.email)\n"""'],
    ['test/a.test.ts', 'logger.info(user.email);'],
  ])('lets be in %s: %s', async (path, head) => {
    expect(await findings(path, head)).toBe('pass');
  });

  test.each([
    ['a.log', 'ada@example.com', '1: This log holds personal data'],
    ['a.py', 'password=%s", value)', '1: This logs password (`'],
  ])('looks to the end of a long line, in %s', async (path, end, finding) => {
    const start = path === 'a.py' ? 'logging.info("' : '';
    expect(await findings(path, `${start}${'x '.repeat(2_000)}${end}`)).toEqual([
      expect.stringContaining(finding),
    ]);
  });

  test('judges only what the change adds', async () => {
    const old = 'logger.info(user.email);\n';
    expect(await judge({ 'a.ts': { base: old, head: `${old}logger.info("in");\n` } })).toMatchObject({
      kind: 'pass',
      summary: expect.stringContaining('1 added log statement '),
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
