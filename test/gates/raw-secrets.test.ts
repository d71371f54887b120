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
    ['a.py', 'import os as o; e = o.environ; key = e["API_KEY"].strip()', 'API_KEY'],
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
    ['a.py', 'e = os.environ; use(e["API_KEY"]); e = self.error', 'API_KEY'],
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
    ['a.py', 'e = {**os.environ, "A": "b"}; use(e["API_KEY"])', 'API_KEY'],
    ['a.py', 'e = dict(os.environ); use(e["API_KEY"])', 'API_KEY'],
    ['a.py', 'e = os.environ.copy(); use(e["API_KEY"])', 'API_KEY'],
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
  ])('does not pass a name that is computed, in %s: %s', async (path, head) => {
    expect(await judge(path, head)).toMatchObject({
      kind: 'fail',
      findings: [{ path, line: 1, message: expect.stringContaining('only known when the code runs') }],
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
