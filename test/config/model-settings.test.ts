import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/config/fault.ts';
import { listSecrets } from '../../src/config/list-secrets.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { ENOUGH } from './environment.ts';

const KEY = 'sk-ant-canary-0123456789';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings({ ...ENOUGH, ...environment });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) {
      return error.faults.map(({ name, problem }) => `${name} ${problem}`);
    }
    throw error;
  }
}

describe('src/config/tables/model-settings', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'baton-prices-'));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true });
  });

  it('needs nothing when there are no models', () => {
    expect(readSettings(ENOUGH)).toMatchObject({ provider: null, prices: {}, budgets: [] });
  });

  it.each([
    ['claude', 'openai', 'claude, which speaks the API of anthropic, and its provider is openai'],
    ['codex', 'anthropic', 'codex, which speaks the API of openai, and its provider is anthropic'],
    ['claude', 'anthropic', null],
    ['codex', 'openai', null],
    ['ai-sdk', 'openai', null],
  ])('knows whether %s and %s go together', (BATON_RUNTIME, BATON_PROVIDER, problem) => {
    const faults = faultsOf({
      BATON_RUNTIME,
      BATON_PROVIDER,
      BATON_MODEL: 'some-model',
      ANTHROPIC_API_KEY: KEY,
      OPENAI_API_KEY: KEY,
    });
    expect(faults).toEqual(problem === null ? [] : [`BATON_RUNTIME has ${problem}`]);
  });

  it('knows where the providers are, and takes a server of this machine', () => {
    const anthropic = readSettings({ ...ENOUGH, BATON_PROVIDER: 'anthropic', ANTHROPIC_API_KEY: KEY });
    expect(anthropic.provider).toMatchObject({ kind: 'anthropic', url: 'https://api.anthropic.com/v1' });
    expect(listSecrets(anthropic)).toContain(KEY);
    const local = readSettings({
      ...ENOUGH,
      BATON_PROVIDER: 'openai-compatible',
      BATON_PROVIDER_URL: 'http://127.0.0.1:11434/v1/',
      BATON_MODEL: 'qwen3:32b',
      BATON_MODEL_OPUS: 'qwen3:235b',
    });
    expect(local.provider).toEqual({
      kind: 'openai-compatible',
      url: 'http://127.0.0.1:11434/v1',
      key: null,
    });
    const usual = [{ model: 'qwen3:32b', runtime: null }];
    expect(local.offer.models).toEqual({
      opus: [{ model: 'qwen3:235b', runtime: null }],
      sonnet: usual,
      haiku: usual,
      inherit: usual,
    });
  });

  it('takes another provider for single runtimes, and says what it needs', () => {
    const given = {
      BATON_RUNTIME: 'claude,codex',
      BATON_PROVIDER: 'anthropic',
      ANTHROPIC_API_KEY: KEY,
      BATON_RUNTIME_PROVIDERS: 'codex=openai',
    };
    expect(faultsOf(given)).toEqual([
      'OPENAI_API_KEY is missing, and BATON_RUNTIME_PROVIDERS has openai',
      'BATON_MODEL has no model for codex, which has a provider of its own',
    ]);
    const all = { OPENAI_API_KEY: KEY, BATON_MODEL: 'claude-sonnet-5-5,codex=gpt-5.3-codex' };
    const settings = readSettings({ ...ENOUGH, ...given, ...all });
    expect(settings.provider?.kind).toBe('anthropic');
    expect(settings.runtimeProviders.get('codex')).toMatchObject({
      kind: 'openai',
      url: 'https://api.openai.com/v1',
    });
    expect(faultsOf({ BATON_RUNTIME_PROVIDERS: 'codex=acme' })[0]).toContain('must be runtime=provider');
  });

  it('takes Bedrock with a key of its own, or with an access key', () => {
    const bedrock = { ...ENOUGH, BATON_PROVIDER: 'bedrock', BATON_MODEL: 'm', AWS_REGION: 'eu-central-1' };
    const signed = readSettings({
      ...bedrock,
      AWS_ACCESS_KEY_ID: 'AKIACANARY00',
      AWS_SECRET_ACCESS_KEY: 'aws-canary-secret',
    });
    expect(signed.provider).toMatchObject({
      kind: 'bedrock',
      url: 'https://bedrock-runtime.eu-central-1.amazonaws.com',
      access: { kind: 'signed', sessionToken: null, region: 'eu-central-1' },
    });
    expect(listSecrets(signed)).toEqual(expect.arrayContaining(['AKIACANARY00', 'aws-canary-secret']));
    const keyed = readSettings({ ...bedrock, AWS_BEARER_TOKEN_BEDROCK: KEY });
    expect(keyed.provider).toMatchObject({ access: { kind: 'api-key' } });
    expect(
      faultsOf({ BATON_PROVIDER: 'bedrock', BATON_MODEL: 'm', AWS_ACCESS_KEY_ID: 'AKIACANARY00' }),
    ).toEqual([
      'AWS_REGION is missing, and BATON_PROVIDER is bedrock',
      'AWS_SECRET_ACCESS_KEY is missing, and BATON_PROVIDER is bedrock',
    ]);
  });

  it('says all that is missing, at once', () => {
    expect(faultsOf({ BATON_PROVIDER: 'anthropic', OPENAI_API_KEY: KEY, BATON_BUDGET_RUN: 'much' })).toEqual([
      expect.stringContaining('BATON_BUDGET_RUN must be an amount of money in US dollars'),
      'ANTHROPIC_API_KEY is missing, and BATON_PROVIDER is anthropic',
    ]);
    expect(faultsOf({ BATON_PROVIDER: 'openai-compatible' })).toEqual([
      'BATON_MODEL is missing, and BATON_PROVIDER is openai-compatible',
      'BATON_PROVIDER_URL is missing, and BATON_PROVIDER is openai-compatible',
    ]);
    expect(faultsOf({ BATON_PROVIDER_URL: 'https://models.example.com/v1' })).toEqual([
      'BATON_PROVIDER is missing, and BATON_PROVIDER_URL is set',
    ]);
    expect(
      faultsOf({
        BATON_PROVIDER: 'openai-compatible',
        BATON_PROVIDER_URL: 'http://models.example.com/v1',
        BATON_MODEL: 'm',
      }),
    ).toEqual([expect.stringContaining('BATON_PROVIDER_URL must begin with https://')]);
  });

  it('never shows a key, and lists it for the log to mask, also that of a provider that is not used', () => {
    const settings = readSettings({ ...ENOUGH, ANTHROPIC_API_KEY: KEY, OPENAI_API_KEY: `${KEY}-2` });
    expect(inspect(settings, { depth: 9 }) + JSON.stringify(settings)).not.toContain('canary');
    expect(listSecrets(settings)).toEqual(expect.arrayContaining([KEY, `${KEY}-2`]));
    const faults = faultsOf({ ANTHROPIC_API_KEY: 'canary with blanks' });
    expect(faults).toEqual(['ANTHROPIC_API_KEY must be 8 to 500 characters without white space']);
  });

  it('reads budgets in money and in tokens', () => {
    const { budgets } = readSettings({
      ...ENOUGH,
      BATON_BUDGET_RUN: '5',
      BATON_BUDGET_SUBJECT: '$7.50',
      BATON_BUDGET_REPOSITORY: '2000000 tokens',
      BATON_BUDGET_DAY: '2M tokens',
    });
    expect(budgets).toEqual([
      { scope: 'run', limit: { unit: 'usd', value: 5 } },
      { scope: 'subject', limit: { unit: 'usd', value: 7.5 } },
      { scope: 'repository', limit: { unit: 'tokens', value: 2_000_000 } },
      { scope: 'day', limit: { unit: 'tokens', value: 2_000_000 } },
    ]);
  });

  it('reads prices from a file, and says which of them is wrong', async () => {
    const good = path.join(directory, 'prices.yaml');
    await writeFile(
      good,
      'qwen3:8b: { input: 0, output: 0 }\nclaude-x:\n  input: 3\n  output: 15\n  cached: 0.3\n',
    );
    expect(readSettings({ ...ENOUGH, BATON_PRICES: good }).prices).toEqual({
      'qwen3:8b': { input: 0, output: 0 },
      'claude-x': { input: 3, output: 15, cached: 0.3 },
    });
    const bad = path.join(directory, 'bad.json');
    await writeFile(bad, '{"claude-x": {"input": -3, "output": 15}}');
    expect(faultsOf({ BATON_PRICES: bad })[0]).toContain('claude-x.input is wrong');
    expect(faultsOf({ BATON_PRICES: directory })[0]).toContain('names something that is not a file');
  });
});
