import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/config/fault.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { SETTINGS } from '../../src/config/settings-table.ts';
import { DEFAULT_LIMITS } from '../../src/domain/sandbox-limits.ts';
import { createLog } from '../../src/telemetry/create-log.ts';
import { ENOUGH, PEM } from './environment.ts';

function faultsOf(environment: Record<string, string | undefined>): Record<string, string> {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) {
      return Object.fromEntries(error.faults.map(({ name, problem }) => [name, problem]));
    }
    throw error;
  }
  return {};
}

describe('src/config/read-settings', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'baton-config-'));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true });
  });

  it('fills in what is not set', () => {
    const settings = readSettings(ENOUGH);
    expect(settings).toMatchObject({
      app: { id: 12345 },
      apiUrl: 'https://api.github.com',
      listen: { host: '127.0.0.1', port: 3000, webhookPath: '/api/github/webhooks' },
      home: path.join(homedir(), '.baton'),
      database: { kind: 'embedded', directory: path.join(homedir(), '.baton/postgres') },
      log: { level: 'info', format: 'pretty' },
      proxy: null,
      sandbox: 'bubblewrap',
      tools: [],
      offer: {
        runtimes: ['a-runtime'],
        otherRuntimes: [],
        models: {
          opus: [{ model: 'claude-opus-5-5', runtime: null }],
          sonnet: [{ model: 'claude-sonnet-5-5', runtime: null }],
          haiku: [{ model: 'claude-haiku-4-5', runtime: null }],
          inherit: [{ model: 'claude-sonnet-5-5', runtime: null }],
        },
        otherModels: [],
        turns: 60,
      },
      recordings: null,
      breaker: { failures: 3, coolDownMs: 120_000 },
      contextTokens: 200_000,
      agentLimits: { all: 4, perRole: 4 },
      install: { mirrors: new Map(), hosts: [], cacheBytes: 10 * 1024 ** 3 },
    });
    expect(settings.app.privateKey.reveal()).toBe(PEM);
    expect(settings.app.webhookSecret.reveal()).toBe('a webhook secret');
  });

  it('opens no port for interactive agents unless it is told to, and none without a token', () => {
    expect(readSettings(ENOUGH).mcp).toEqual({ roots: [], listen: null });
    const asked = { ...ENOUGH, BATON_MCP_PORT: '0', BATON_MCP_ROOTS: '/home/ada, /srv/code' };
    expect(() => readSettings(asked)).toThrow(/BATON_MCP_TOKEN is missing, and BATON_MCP_PORT is set/);
    expect(() => readSettings({ ...asked, BATON_MCP_TOKEN: 'x'.repeat(31) })).toThrow(/BATON_MCP_TOKEN must/);
    const { mcp } = readSettings({ ...asked, BATON_MCP_TOKEN: 'x'.repeat(32) });
    expect(mcp.roots).toEqual(['/home/ada', '/srv/code']);
    expect(mcp.listen).toMatchObject({ host: '127.0.0.1', port: 0, names: [] });
    expect(mcp.listen?.token.reveal()).toBe('x'.repeat(32));
    expect(JSON.stringify(mcp)).not.toContain('xxx');
  });

  it('takes the limits of the sandbox in the units of people', () => {
    expect(readSettings(ENOUGH).sandboxLimits).toEqual(DEFAULT_LIMITS);
    const settings = readSettings({
      ...ENOUGH,
      BATON_SANDBOX_PROCESSES: '50',
      BATON_SANDBOX_MEMORY_MIB: '512',
      BATON_SANDBOX_CPUS: '1.5',
      BATON_SANDBOX_CPU_MINUTES: '10',
      BATON_SANDBOX_FILE_MIB: '1',
      BATON_SANDBOX_TREE_MIB: '2',
      BATON_SANDBOX_TREE_FILES: '3',
      BATON_SANDBOX_TMP_MIB: '4',
      BATON_SANDBOX_FREE_MIB: '5',
    });
    expect(settings.sandboxLimits).toMatchObject({
      processes: 50,
      memoryBytes: 536_870_912,
      cpus: 1.5,
      cpuSeconds: 600,
      fileBytes: 1_048_576,
      treeBytes: 2_097_152,
      treeFiles: 3,
      tmpBytes: 4_194_304,
      freeBytes: 5_242_880,
    });
    const wrong = {
      BATON_SANDBOX_PROCESSES: '0',
      BATON_SANDBOX_CPUS: '0.01',
      BATON_SANDBOX_TREE_MIB: '1 GB',
    };
    expect(Object.keys(faultsOf({ ...ENOUGH, ...wrong })).toSorted()).toEqual(Object.keys(wrong).toSorted());
  });

  it('takes what is set', () => {
    const settings = readSettings({
      ...ENOUGH,
      GITHUB_API_URL: 'http://127.0.0.1:8080/api/v3/',
      HOST: '0.0.0.0',
      PORT: '0',
      WEBHOOK_PATH: '/hook',
      DATABASE_URL: 'postgres://baton:p%40ss@db/baton',
      BATON_HOME: '/var/lib/baton/',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
      SANDBOX: 'none',
      BATON_TRUST_EVERY_REPOSITORY: 'yes',
      BATON_RUNTIME: 'replay, one-runtime',
      BATON_RUNTIME_CHOICES: 'other-runtime',
      BATON_TURNS: '40',
      BATON_BREAKER_FAILURES: '5',
      BATON_BREAKER_SECONDS: '30',
      BATON_CONTEXT_TOKENS: '32000',
      BATON_MODEL_CHOICES: 'model-x,one-runtime=model-y',
      BATON_REPLAY_DIR: directory,
      BATON_MODEL: 'gpt-5.2-codex, one-runtime=model-z',
      BATON_MODEL_OPUS: 'eu.anthropic.claude-opus-5-5-v1:0',
      BATON_MODEL_SONNET: 'anthropic/claude-sonnet-5-5',
      BATON_MODEL_HAIKU: 'claude-opus-5-5[1m]',
      BATON_TOOLS: `${directory}:/usr/bin`,
      BATON_AGENT_LIMIT: '10',
      BATON_AGENT_LIMIT_PER_ROLE: '3',
      BATON_REGISTRIES: 'npm=https://npm.example.com/, pip=https://pypi.example.com/simple',
      BATON_INSTALL_HOSTS: 'Files.example.com, git.example.com:8443',
      BATON_INSTALL_CACHE_GB: '2',
      UNRELATED: 'whatever',
    });
    const own = { model: 'model-z', runtime: 'one-runtime' };
    expect(settings).toMatchObject({
      apiUrl: 'http://127.0.0.1:8080/api/v3',
      listen: { host: '0.0.0.0', port: 0, webhookPath: '/hook' },
      home: '/var/lib/baton',
      database: { kind: 'server' },
      log: { level: 'debug', format: 'json' },
      sandbox: 'none',
      recordings: directory,
      breaker: { failures: 5, coolDownMs: 30_000 },
      contextTokens: 32_000,
      offer: {
        runtimes: ['replay', 'one-runtime'],
        otherRuntimes: ['other-runtime'],
        models: {
          opus: [{ model: 'eu.anthropic.claude-opus-5-5-v1:0', runtime: null }, own],
          sonnet: [{ model: 'anthropic/claude-sonnet-5-5', runtime: null }, own],
          haiku: [{ model: 'claude-opus-5-5[1m]', runtime: null }, own],
          inherit: [{ model: 'gpt-5.2-codex', runtime: null }, own],
        },
        otherModels: [
          { model: 'model-x', runtime: null },
          { model: 'model-y', runtime: 'one-runtime' },
        ],
        turns: 40,
      },
      tools: [directory, '/usr/bin'],
      agentLimits: { all: 10, perRole: 3 },
      install: {
        mirrors: new Map([
          ['npm', 'https://npm.example.com'],
          ['pip', 'https://pypi.example.com/simple'],
        ]),
        hosts: ['files.example.com', 'git.example.com:8443'],
        cacheBytes: 2 * 1024 ** 3,
      },
    });
  });

  it('reports all faults together', () => {
    expect(faultsOf({})).toEqual({
      APP_ID: 'is missing',
      WEBHOOK_SECRET: 'is missing',
      BATON_RUNTIME: 'is missing',
      PRIVATE_KEY_PATH: 'is missing, and so is PRIVATE_KEY',
    });
    expect(() => readSettings({})).toThrow(
      /4 settings are wrong[\s\S]*WEBHOOK_SECRET is missing\.\n {6}Make one with `openssl rand -hex 32`/,
    );
  });

  it.each([
    ['APP_ID', 'Iv1.abc', /must be the number of the App \(it is "Iv1.abc"\)/],
    ['WEBHOOK_SECRET', '', /is empty/],
    ['WEBHOOK_SECRET', '   ', /is empty/],
    ['WEBHOOK_SECRET', 'a webhook secret\n', /white space/],
    ['WEBHOOK_SECRET', 'development', /well-known/],
    ['WEBHOOK_SECRET', 'short', /shorter than 8/],
    ['PRIVATE_KEY', 'garbage', /no readable private key/],
    ['BATON_MODEL', 'two words', /without white space/],
    ['GITHUB_API_URL', 'http://github.example', /https/],
    ['GITHUB_API_URL', 'github.example', /must be a URL/],
    ['GITHUB_API_URL', 'https://u:hunter2@github.example', /must not contain.*secret/],
    ['GITHUB_API_URL', 'https://github.example?a', /query/],
    ['GITHUB_API_URL', 'https://github.com/', /which is https:\/\/api\.github\.com/],
    ['GITHUB_API_URL', 'https://api.github.com/api/v3', /which is https:\/\/api\.github\.com/],
    ['GITHUB_API_URL', 'https://acme.ghe.com', /which is https:\/\/api\.acme\.ghe\.com/],
    ['HOST', 'http://x', /IP address/],
    ['PORT', '65536', /0 to 65535/],
    ['PORT', '-1', /0 to 65535/],
    ['WEBHOOK_PATH', 'hook', /begins with \//],
    ['DATABASE_URL', 'mysql://baton:hunter2@db', /must be a URL that begins with postgres/],
    ['BATON_HOME', 'relative', /absolute/],
    ['LOG_LEVEL', 'loud', /one of trace, debug/],
    ['SANDBOX', 'none', /is none/],
    ['BATON_TRUST_EVERY_REPOSITORY', 'no', /can only be yes/],
    ['BATON_RUNTIME', 'replay', /replay is one of the runtimes/],
    ['BATON_RUNTIME', 'ai-sdk', /is missing, and ai-sdk is one of the runtimes/],
    ['BATON_RUNTIME', 'claude', /is missing, and claude is one of the runtimes/],
    ['BATON_RUNTIMES', 'relative', /absolute/],
    ['BATON_REPLAY_DIR', '/does/not/exist', /not a directory/],
    ['BATON_TOOLS', '/usr/bin:relative', /absolute/],
    ['BATON_AGENT_LIMIT', '0', /1 to 999/],
    ['BATON_REGISTRIES', 'https://npm.example.com', /NAME=URL/],
    ['BATON_REGISTRIES', 'npm=http://npm.example.com', /https/],
    ['BATON_REGISTRIES', 'npm=https://u:hunter2@npm.example.com', /must not contain/],
    ['BATON_INSTALL_HOSTS', 'a.example,10.0.0.1', /must be the name of a host/],
    ['BATON_INSTALL_HOSTS', 'https://a.example', /must be the name of a host/],
    ['BATON_INSTALL_CACHE_GB', '0', /1 to 9999/],
    ['BATON_RUNTIM', 'claude', /is not a setting/],
    ['PRIVATE_KEY_PATH', '/dev/null', /is set, and so is/],
  ])('refuses %s=%s', (name, value, problem) => {
    const faults = faultsOf({ ...ENOUGH, [name]: value });
    expect(Object.values(faults).join('\n')).toMatch(problem);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it.each([
    ['BATON_RUNTIM', 'Did you mean BATON_RUNTIME?'],
    ['BATON_AGENTS_LIMIT', 'Did you mean BATON_AGENT_LIMIT?'],
    ['BATON_COLOUR_OF_THE_SKY', 'docs/reference/configuration.md'],
  ])('suggests a name for %s', (name, remedy) => {
    expect(() => readSettings({ ...ENOUGH, [name]: 'x' })).toThrow(remedy);
  });

  it.each([
    ['with escaped line ends', PEM.replaceAll('\n', String.raw`\n`)],
    ['as base64', Buffer.from(PEM).toString('base64')],
    ['on one line', PEM.replaceAll('\n', ' ')],
    ['with Windows line ends', PEM.replaceAll('\n', '\r\n')],
  ])('takes a private key %s', (_, text) => {
    expect(readSettings({ ...ENOUGH, PRIVATE_KEY: text }).app.privateKey.reveal()).toBe(PEM);
  });

  it('reads the private key from a file that only its owner can read', async () => {
    const file = path.join(directory, 'app.pem');
    const environment = { ...ENOUGH, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: file };
    expect(faultsOf(environment)).toEqual({
      PRIVATE_KEY_PATH: `names something that is not a file (it is "${file}")`,
    });
    await writeFile(file, PEM, { mode: 0o600 });
    expect(readSettings(environment).app.privateKey.reveal()).toBe(PEM);
    for (const mode of [0o640, 0o604]) {
      await chmod(file, mode);
      expect(faultsOf(environment)['PRIVATE_KEY_PATH']).toContain(`mode ${mode.toString(8)}`);
    }
    await writeFile(file, PEM.slice(0, -200));
    await chmod(file, 0o400);
    expect(faultsOf(environment)['PRIVATE_KEY_PATH']).toContain('no readable private key');
  });

  it('gives settings that can be logged without their secrets', () => {
    const settings = readSettings({ ...ENOUGH, DATABASE_URL: 'postgres://baton:hunter2@db/baton' });
    const lines: string[] = [];
    const log = createLog({
      level: 'info',
      format: 'json',
      secrets: [],
      write: (line) => void lines.push(line),
    });
    log.info({ settings }, 'settings');
    const shown = [...lines, inspect(settings, { depth: 9 }), JSON.stringify(settings)];
    for (const text of [...shown, settings.app.webhookSecret.toString()]) {
      expect(text).toContain('[secret]');
      expect(text).not.toMatch(/hunter2|a webhook secret|BEGIN|MII/);
    }
  });

  it('documents every setting', () => {
    for (const [name, { description, remedy }] of Object.entries(SETTINGS)) {
      expect(description, name).toMatch(/\.$/);
      expect(remedy, name).toMatch(/[.)]$/);
    }
  });
});
