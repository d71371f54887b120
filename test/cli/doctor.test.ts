import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toDemoSeed } from '../../src/demo/demo-seed.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { PEM } from '../config/environment.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { type Stage, setStage } from '../support/stage.ts';
import { baton } from './run-cli.ts';

const outputSchema = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({ check: z.string(), level: z.string(), text: z.string(), remedy: z.string().optional() }),
  ),
});
type Findings = z.infer<typeof outputSchema>['findings'];

const CHECKS =
  'settings files git home database queue runs servers port sandbox runtimes toolchains app webhook clock';
const HOOK = 'https://baton.example.com/api/github/webhooks';

let stage: Stage;
let healthy: Record<string, string> = {};

beforeAll(async () => {
  stage = await setStage();
  stage.simulator.setWebhookUrl(HOOK);
  healthy = {
    ...toEnvironment(stage.simulator),
    BATON_REPLAY_DIR: stage.directory,
    DATABASE_URL: stage.databaseUrl,
    BATON_HOME: join(stage.directory, 'doctor-home'),
  };
});

afterAll(() => stage.stop());

function toEnvironment({ app, url }: Simulator): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GITHUB_API_URL: url,
    PORT: '0',
    BATON_RUNTIME: 'replay',
  };
}

/** Runs it, and looks that none of these settings shows. */
async function ask(environment: Readonly<Record<string, string>>): Promise<Findings> {
  const { code, out, complaint } = await baton(['doctor', '--json'], stage.directory, environment);
  expect(complaint).toBe('');
  const text = out.join('\n');
  const { PRIVATE_KEY = PEM, WEBHOOK_SECRET = PEM, DATABASE_URL = 'postgres://x:y@z/z' } = environment;
  const password = new URL(DATABASE_URL).password;
  for (const secret of [WEBHOOK_SECRET, PRIVATE_KEY.slice(40, 80), password.padEnd(8, '!')]) {
    expect(text).not.toContain(secret);
  }
  const { ok, findings } = outputSchema.parse(JSON.parse(text));
  expect(ok).toBe(!findings.some(({ level }) => level === 'fail'));
  expect(code).toBe(ok ? 0 : 1);
  expect(findings.every(({ level, remedy }) => level === 'ok' || (remedy ?? '').length > 10)).toBe(true);
  return findings;
}

function of(findings: Findings, check: string): readonly string[] {
  return findings.filter((one) => one.check === check).map(({ level, text }) => `${level}: ${text}`);
}

describe('src/cli/doctor', () => {
  test('finds nothing wrong where nothing is, before the first start and beside a running server', async () => {
    const before = await ask(healthy);
    expect([...new Set(before.map(({ check }) => check))].join(' ')).toBe(CHECKS);
    expect(before.filter(({ level }) => level === 'fail')).toEqual([]);
    expect(of(before, 'app')[0]).toMatch(
      /^ok: GitHub knows us as baton \(App 1001, key SHA256:[\w+/]{43}=\)$/,
    );
    expect(of(before, 'database')[0]).toContain('are made at the next start');
    expect(of(before, 'servers')).toEqual(['ok: no other server works with this database']);

    await stage.startBaton();
    stage.simulator.setWebhookUrl(HOOK);
    const beside = await ask(healthy);
    expect(beside.filter(({ level }) => level === 'fail')).toEqual([]);
    expect(of(beside, 'database')[0]).toContain('is reached and migrated');
    expect(of(beside, 'queue')).toEqual([
      'ok: the inbox takes deliveries; 0 wait in it, 0 workflows in queues, and 0 messages between members of teams',
    ]);
    expect(of(beside, 'runs')).toEqual(['ok: all runs that are under way can be read']);
    expect(of(beside, 'servers')).toEqual([
      'ok: 1 other server works with this database; they share the work',
    ]);
  });

  test('has a line for people, and says what it does not understand', async () => {
    const { out } = await baton(['doctor'], stage.directory, healthy);
    expect(out[0]).toBe('OK   settings: all are valid');
    expect((await baton(['doctor', 'me'], stage.directory, healthy)).code).toBe(64);
  });

  test('says all that is wrong with the settings, and still looks at the machine', async () => {
    const key = join(stage.directory, 'open.pem');
    await writeFile(key, PEM, { mode: 0o644 });
    await chmod(key, 0o644);
    const { PRIVATE_KEY: _, ...rest } = healthy;
    const findings = await ask({ ...rest, PRIVATE_KEY_PATH: key, WEBHOOK_SECRET: 'k9-x' });
    expect(of(findings, 'settings')).toEqual([
      expect.stringMatching(
        /^fail: PRIVATE_KEY_PATH names a file that others on this machine can read \(mode 644\)/,
      ),
      expect.stringMatching(/^fail: WEBHOOK_SECRET is shorter than 8 characters/),
    ]);
    expect(of(findings, 'files')).toEqual([expect.stringMatching(/^ok: /)]);
    expect(of(findings, 'git')).toHaveLength(1);
    expect(of(findings, 'app')).toEqual([]);
  });

  describe('with everything broken at once', () => {
    let poor: Simulator;
    let newer: TestDatabase;
    let foreign: Server;
    let findings: Findings = [];

    beforeAll(async () => {
      const { app, ...world } = toDemoSeed();
      poor = await startSimulator({
        directory: join(stage.directory, 'poor-github'),
        seed: {
          ...world,
          app: {
            ...app,
            webhookSecret: 'abcdefgh',
            webhookUrl: 'https://baton.example.com/hooks',
            permissions: {
              metadata: 'read',
              issues: 'read',
              pull_requests: 'write',
              contents: 'write',
              secrets: 'read',
            },
            events: ['issues'],
          },
          installations: [
            { id: 1, account: 'acme', permissions: { metadata: 'read', pull_requests: 'read' } },
            { id: 2, account: 'linus', suspended: true },
          ],
        },
      });
      newer = await createTestDatabase();
      const client = new Client({ connectionString: newer.url });
      await client.connect();
      await client.query('create schema baton');
      await client.query("create table baton.migrations as select '9999-later' as name");
      await client.query(
        'create table baton.deliveries (guid text, event text, payload text, received_at timestamptz, dispatched_at timestamptz)',
      );
      await client.end();
      foreign = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
      await once(foreign, 'listening');
      const address = foreign.address();
      const home = join(stage.directory, 'open-home');
      await mkdir(home, { mode: 0o755 });
      await chmod(home, 0o755);
      findings = await ask({
        ...toEnvironment(poor),
        DATABASE_URL: newer.url,
        BATON_HOME: home,
        PORT: String(typeof address === 'object' ? address?.port : 0),
        BATON_RUNTIME: 'claude',
        BATON_RUNTIMES: join(stage.directory, 'no-runtimes'),
        BATON_PROVIDER: 'anthropic',
        ANTHROPIC_API_KEY: 'sk-not-a-key-of-anybody',
        BATON_MODEL: 'claude-sonnet-5-5',
        SANDBOX: 'none',
        BATON_TRUST_EVERY_REPOSITORY: 'yes',
      });
    });

    afterAll(async () => {
      foreign.close();
      await poor.stop();
      await newer.drop();
    });

    test.each([
      ['home', /^fail: BATON_HOME .* must belong to the user that runs Baton and be closed to all others/],
      ['database', /^fail: has been used by a newer Baton \(9999-later\)/],
      ['port', /^fail: http:\/\/127\.0\.0\.1:\d+ is taken by another program/],
      ['sandbox', /^warn: is switched off/],
      ['runtimes', /^fail: claude: .* is not installed/],
      ['app', /^fail: the App lacks permissions: issues: write, checks: write/],
      ['app', /^fail: the App is not told of events: issue_comment, pull_request, check_run/],
      ['app', /^warn: the App has more than it needs: secrets: read/],
      ['app', /^warn: acme has not accepted permissions: pull_requests: write, contents: write/],
      ['app', /^warn: linus has suspended the App/],
      ['webhook', /^warn: the secret is short or simple/],
      ['webhook', /^warn: GitHub delivers to the path \/hooks, and Baton listens at \/api\/github\/webhooks/],
      ['clock', /^ok: /],
    ])('%s says %s', (check, words) => {
      expect(of(findings, check)).toContainEqual(expect.stringMatching(words));
    });
  });

  test('says so when neither GitHub nor the database can be reached, or the key is not the right one', async () => {
    const lost = await ask({
      ...healthy,
      BATON_HOME: '/proc/baton',
      GITHUB_API_URL: 'http://127.0.0.1:1',
      DATABASE_URL: 'postgres://baton:a-password@127.0.0.1:1/baton',
    });
    expect(of(lost, 'home')).toEqual([expect.stringMatching(/^fail: \/proc\/baton cannot be made: ENOENT/)]);
    expect(of(lost, 'clock')).toEqual([
      expect.stringMatching(/^fail: http:\/\/127\.0\.0\.1:1 cannot be reached: .+/),
    ]);
    expect(of(lost, 'app')).toEqual([
      expect.stringMatching(
        /^fail: GitHub cannot be reached, so App 1001, key SHA256:.+ is not known to fit: /,
      ),
    ]);
    expect(of(lost, 'webhook')).toEqual(['ok: has a secret of good length']);
    for (const check of ['database', 'queue', 'runs', 'servers']) {
      expect(of(lost, check)).toEqual([expect.stringMatching(/^fail: .*ECONNREFUSED/)]);
    }
    const wrong = await ask({ ...healthy, PRIVATE_KEY: PEM });
    expect(of(wrong, 'app')).toEqual([
      expect.stringMatching(/^fail: GitHub at \S+ refuses us .*: .*JSON web token/i),
    ]);
  });

  test('a server says at its start what is not right, and works', async () => {
    const server = stage.launchBaton({ WEBHOOK_PATH: '/elsewhere' });
    const line = await stage.heard((one) =>
      one.msg === 'preflight' && one['check'] === 'webhook' ? one : null,
    );
    expect(line['found']).toContain('Baton listens at /elsewhere');
    expect(line['remedy']).toContain('settings page');
    expect(await server.ready).toContain('/elsewhere');
  });
});
