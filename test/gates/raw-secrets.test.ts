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
    ['a.py', 'dsn = config("SENTRY_DSN")', 'SENTRY_DSN'],
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
    ['a.ts', 'start(process.env.PORT, process.env.TOKEN_TTL, process.env.SECRET_FILE);'],
    ['a.ts', "vault.get('STRIPE_API_KEY'); read({ DB_PASSWORD: 'x' });"],
    ['a.py', 'url = os.environ["AZURE_KEY_VAULT_URL"]'],
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
