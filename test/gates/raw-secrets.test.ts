import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/raw-secrets.ts';
import { evidenceOf } from '../support/evidence.ts';

async function judge(path: string, head: string, options = {}) {
  const change = evidenceOf({ files: { [path]: { head: `${head}\n` } } });
  return await gate.judge(change, gate.options.parse(options));
}

describe('src/gates/raw-secrets.ts', () => {
  test.each([
    ['a.ts', "const key = process.env['STRIPE_API_KEY'];", 'STRIPE_API_KEY'],
    ['a.ts', 'const { DB_PASSWORD: password } = process.env;', 'DB_PASSWORD'],
    ['a.ts', 'connect(process.env.DATABASE_URL!);', 'DATABASE_URL'],
    ['a.ts', "Deno.env.get('SESSION_SECRET');", 'SESSION_SECRET'],
    ['a.ts', 'use(import.meta.env.VITE_TOKEN);', 'VITE_TOKEN'],
    ['a.py', 'token = os.environ["GITHUB_TOKEN"]', 'GITHUB_TOKEN'],
    ['a.py', 'secret = os.getenv("CLIENT_SECRET", "")', 'CLIENT_SECRET'],
    ['a.py', 'key = environ.get("SIGNING_KEY")', 'SIGNING_KEY'],
    ['a.ts', 'use(globalThis.process.env.API_KEY);', 'API_KEY'],
    ['a.ts', 'const env = process.env; use(env.API_KEY);', 'API_KEY'],
    ['a.py', 'import os as o; key = o.environ["API_KEY"]', 'API_KEY'],
    ['a.py', 'import os as o; key = o.getenv("API_KEY")', 'API_KEY'],
    ['a.py', 'dsn = config("SENTRY_DSN")', 'SENTRY_DSN'],
    ['a.py', 'from decouple import config; dsn = config("SENTRY_DSN")', 'SENTRY_DSN'],
    ['a.py', 'from os import environ as e; key = e["API_KEY"]', 'API_KEY'],
    ['a.py', 'from os import (path, environ as e); key = e.get("API_KEY")', 'API_KEY'],
    ['a.py', 'from os import getenv as g; key = g("API_KEY")', 'API_KEY'],
    ['a.py', 'import os as o; _e = o.environ; key = _e["API_KEY"].strip()', 'API_KEY'],
    ['a.ts', 'const { API_KEY } = process.env;', 'API_KEY'],
    ['a.ts', 'const { env: { API_KEY: key } } = process;', 'API_KEY'],
    ['a.ts', 'const { env: e } = process; use(e.API_KEY);', 'API_KEY'],
    ['a.ts', 'let key; ({ API_KEY: key } = process.env ?? {});', 'API_KEY'],
    ['a.ts', 'function start({ API_KEY = "" } = process.env) {}', 'API_KEY'],
    ['a.ts', "import { env as e } from 'node:process'; use(e.API_KEY);", 'API_KEY'],
    ['a.ts', 'const e = process.env; use(e.API_KEY.length);', 'API_KEY'],
    ['a.ts', 'use(process.env.API_KEY!.trim());', 'API_KEY'],
    ['a.ts', "use(require('process').env.API_KEY);", 'API_KEY'],
    ['a.ts', 'const e = process.env; use(e.API_KEY); function f(o) { const e = o.settings; }', 'API_KEY'],
    [
      'a.ts',
      "import { env as e } from 'node:process'; use(e.API_KEY); const f = (x) => { const e = x.y; }",
      'API_KEY',
    ],
    ['a.py', '_e = os.environ; use(_e["API_KEY"]); _e = self.error', 'API_KEY'],
    ['a.ts', 'const { HOME, ...rest } = process.env; use(rest.API_KEY);', 'API_KEY'],
    ['a.ts', 'this.e = process.env; use(this.e.API_KEY);', 'API_KEY'],
    ['a.ts', 'class A { #e = process.env; b() { use(this.#e.API_KEY); } }', 'API_KEY'],
    ['a.py', 'self.e: dict = os.environ; use(self.e["API_KEY"])', 'API_KEY'],
    ['a.ts', 'const e = { PORT: 1, ...process.env }; use(e.API_KEY);', 'API_KEY'],
    ['a.ts', 'const p = process; const q = p.env; use(q.API_KEY);', 'API_KEY'],
    ['a.ts', 'process.env.API_KEY.used = 1;', 'API_KEY'],
    ['a.ts', 'cache[process.env.API_KEY] = 1;', 'API_KEY'],
    ['a.ts', 'process.env.PORT = process.env.API_KEY;', 'API_KEY'],
    ['a.py', 'os.environ["PORT"] = os.environ["API_KEY"]', 'API_KEY'],
    ['a.py', 'del cache[os.environ["API_KEY"]]', 'API_KEY'],
    ['a.py', '_e = {**os.environ, "A": "b"}; use(_e["API_KEY"])', 'API_KEY'],
    ['a.py', '_e = dict(os.environ); use(_e["API_KEY"])', 'API_KEY'],
    ['a.py', '_e = os.environ.copy(); use(_e["API_KEY"])', 'API_KEY'],
    ['a.py', '_e = given or os.environ; use(_e["API_KEY"])', 'API_KEY'],
    ['a.py', '_e = given if given else os.environ; use(_e["API_KEY"])', 'API_KEY'],
    ['a.ts', 'const e = given ?? process.env ?? {}; use(e.API_KEY);', 'API_KEY'],
    ['a.ts', 'const e = isTest ? {} : process.env; use(e.API_KEY);', 'API_KEY'],
    ['a.ts', 'const e = Object.assign({}, process.env); use(e.API_KEY);', 'API_KEY'],
    ['a.ts', 'const e = { ...(given ?? process.env) }; use(e.API_KEY);', 'API_KEY'],
    ['a.ts', 'const { env: e = process.env } = options; use(e.API_KEY);', 'API_KEY'],
    ['a.ts', 'const { API_KEY = "none" } = process.env;', 'API_KEY'],
    ['a.ts', 'run(p, { env: process.env }); function run(p, given) { use(given.env.API_KEY); }', 'API_KEY'],
    ['a.ts', "use('x' in decode(process.env.API_KEY));", 'API_KEY'],
    ['a.py', '_e = os.environ | {"A": "b"}; use(_e["API_KEY"])', 'API_KEY'],
    ['a.py', '_e = {"A": "b", **os.environ}; use(_e["API_KEY"])', 'API_KEY'],
    ['a.py', 'key = os.getenv(key="API_KEY")', 'API_KEY'],
  ])('finds in %s: %s', async (path, head, name) => {
    expect(await judge(path, head, { store: 'Azure Key Vault' })).toMatchObject({
      kind: 'fail',
      findings: [
        {
          path,
          line: 1,
          message: `${name} is a secret, and is read from the environment. Take it from Azure Key Vault.`,
        },
      ],
    });
  });

  test.each([
    ['a.ts', 'use(process.env[name]);'],
    ['a.ts', 'use(process.env[`${prefix}_KEY`]?.trim());'],
    ['a.ts', "use(process.env['API_' + 'KEY']);"],
    ['a.ts', 'const { [name]: key } = process.env;'],
    ['a.ts', 'use(Deno.env.get(name));'],
    ['a.ts', 'process.env[name] += use(1);'],
    ['a.py', 'key = os.environ[name]'],
    ['a.py', 'other[key] = os.environ[name]'],
    ['a.py', 'key = os.getenv(name, "none")'],
    ['a.py', 'from os import environ as e; key = e.get(f"{prefix}_KEY")'],
    ['a.py', 'key = os.getenv("API_" + "KEY")'],
    ['a.py', 'key = os.environ.get("API_%s" % "KEY")'],
    ['a.py', 'key = os.getenv("yek_ipa"[::-1])'],
    ['a.py', 'key = os.getenv(key="API_" + "KEY")'],
    ['a.ts', "use(Deno.env.get('API_' + 'KEY'));"],
  ])('does not pass a name that is computed, in %s: %s', async (path, head) => {
    expect(await judge(path, head)).toMatchObject({
      kind: 'fail',
      findings: [{ path, line: 1, message: expect.stringContaining('only known when the code runs') }],
    });
    expect(await judge(path, head, { allow: ['*'] })).toMatchObject({ kind: 'pass' });
  });

  test.each([
    ['a.ts', 'const settings = schema.parse(process.env);'],
    ['a.ts', 'use(Object.assign({}, process.env));'],
    ['a.ts', 'const e = { ...process.env }; use(e);'],
    ['a.ts', 'use({ settings: process.env });'],
    ['a.ts', 'function all() { return process.env; }'],
    ['a.ts', 'for (const [name, value] of Object.entries(process.env)) use(name, value);'],
    ['a.ts', "use(Reflect.get(process.env, 'API_KEY'));"],
    ['a.ts', 'use(Deno.env.toObject());'],
    ['a.ts', "use('x' in decode(process.env));"],
    ['a.ts', 'if (!load(process.env)) stop();'],
    ['a.ts', 'load(process.env) && run();'],
    ['a.ts', 'use(Object.keys(load(process.env)));'],
    ['a.ts', 'use(Object.assign(process.env, values));'],
    ['a.ts', 'const _e = process.env.PORT ? process.env : load(process.env);'],
    ['a.ts', 'export const settings = process.env;'],
    ['a.ts', 'const e = process.env; export { e as settings };'],
    ['a.js', 'module.exports = process.env;'],
    ['a.js', 'exports.settings = process.env;'],
    ['a.py', 'SETTINGS = os.environ'],
    ['a.py', 'SETTINGS: dict = {"A": "b", **os.environ}'],
    ['a.py', 'if load(os.environ): run()'],
    ['a.py', 'run(p, env=load(os.environ) or os.environ)'],
    ['a.py', 'settings = Settings(**os.environ)'],
    ['a.py', 'use(os.environ.copy())'],
    ['a.py', '_e = dict(os.environ); use(_e)'],
    ['a.py', 'for name, value in os.environ.items(): use(name, value)'],
  ])('does not pass all of the environment, in %s: %s', async (path, head) => {
    expect(await judge(path, head)).toMatchObject({
      kind: 'fail',
      findings: [{ path, line: 1, message: expect.stringContaining('All of the environment') }],
    });
    expect(await judge(path, head, { allow: ['*'] })).toMatchObject({ kind: 'pass' });
  });

  test('judges where a secret is read, not where it is used', async () => {
    const base = 'const token = process.env.TOKEN;\n';
    const files = { 'a.ts': { base, head: `${base}use(token, token.length);\n` } };
    expect(await gate.judge(evidenceOf({ files }), gate.options.parse({}))).toMatchObject({ kind: 'pass' });
  });

  test.each([
    ['a.ts', 'start(process.env.PORT?.trim(), config(options), e.API_KEY);'],
    ['a.ts', 'start(process.env.PORT, process.env.TOKEN_TTL, process.env.SECRET_FILE);'],
    ['a.ts', "vault.get('STRIPE_API_KEY'); read({ DB_PASSWORD: 'x' });"],
    ['a.py', 'url = os.environ["AZURE_KEY_VAULT_URL"]'],
    ['a.ts', "process.env[name] = '1'; delete process.env[name]; process.env.API_KEY = 'x';"],
    [
      'a.ts',
      "env[key] = value; delete this.env[key]; Deno.env.set('API_KEY', 'x'); env.set('API_KEY', 'x');",
    ],
    ['a.py', 'os.environ[k] = v; del os.environ[k], env[k]; os.environ["API_KEY"] = key'],
    ['a.py', 'os.environ[k], (a, env[k]) = b = v'],
    ['a.ts', 'const e = o.settings; use(e.API_KEY); const { ...all } = o; use(all.API_KEY);'],
    ['a.ts', "spawn(program, { env: process.env }); exec('a', { env: { ...process.env, LANG: 'C' } });"],
    ['a.ts', 'function start(env = process.env) { return env.PORT; }'],
    ['a.ts', "use('PORT' in process.env, Object.keys(process.env)); if (process.env) start();"],
    [
      'a.py',
      'run(p, env=os.environ); run(p, env={**os.environ, "LANG": "C"}); run(p, env=os.environ.copy())',
    ],
    ['a.py', 'use("PORT" in os.environ)'],
    ['a.py', 'run(p, env=os.environ | {"A": "b"}); run(p, env={"A": "b", **os.environ})'],
    ['a.py', 'run(p, env=dict(os.environ, A="b")); run(p, env=(given or os.environ))'],
    ['a.py', 'for name in os.environ: use(name)'],
    ['a.py', 'names = [name for name in os.environ if name != "HOME"]'],
    ['a.py', 'if os.environ and not (os.environ == {}): start()'],
    ['a.py', 'debug = os.getenv(key="DEBUG", default=None)'],
    ['a.py', 'environ = os.environ; _settings = os.environ'],
    ['a.ts', "Object.assign(process.env, values); use(Object.hasOwn(process.env, 'PORT'));"],
    ['a.ts', 'for (const name in process.env) use(name);'],
    ['a.ts', 'if (!process.env || (a && process.env !== undefined)) start(); process.env && start();'],
    ['a.ts', 'export const env = process.env; export const port = process.env.PORT;'],
    ['tests/test_a.py', 'os.environ["GITHUB_TOKEN"]'],
  ])('lets be in %s: %s', async (path, head) => {
    expect(await judge(path, head)).toMatchObject({ kind: 'pass' });
  });

  test('knows exceptions, and repositories that allow it', async () => {
    const head = 'use(process.env.PUBLIC_TOKEN);';
    expect(await judge('a.ts', head, { allow: ['PUBLIC_TOKEN'] })).toMatchObject({ kind: 'pass' });
    expect(await judge('a.ts', head, { environment: 'allow' })).toMatchObject({ kind: 'skip' });
  });
});
