import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/config/fault.ts';
import { listSecrets } from '../../src/config/list-secrets.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { ENOUGH } from './environment.ts';

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

describe('src/config/service-account-file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-vertex-'));
  const file = join(directory, 'key.json');
  const privateKey = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
  const key = {
    type: 'service_account',
    project_id: 'some-project',
    private_key_id: 'key-1',
    private_key: privateKey,
    client_email: 'baton@some-project.iam.gserviceaccount.com',
    token_uri: 'https://oauth2.googleapis.com/token',
  };
  const vertex = {
    ...ENOUGH,
    BATON_PROVIDER: 'vertex',
    BATON_MODEL: 'm',
    VERTEX_REGION: 'europe-west1',
    VERTEX_SERVICE_ACCOUNT: file,
  };

  function writeKey(content: unknown, mode = 0o600): void {
    writeFileSync(file, JSON.stringify(content));
    chmodSync(file, mode);
  }

  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([
    ['europe-west1', 'https://europe-west1-aiplatform.googleapis.com/v1'],
    ['eu', 'https://aiplatform.eu.rep.googleapis.com/v1'],
    ['global', 'https://aiplatform.googleapis.com/v1'],
  ])('is asked in %s with a service account', (region, url) => {
    writeKey(key);
    const settings = readSettings({ ...vertex, VERTEX_REGION: region });
    expect(settings.provider).toMatchObject({ kind: 'vertex', url, region, project: 'some-project' });
    expect(listSecrets(settings)).toContain(privateKey);
    expect(inspect(settings, { depth: 9 })).not.toContain('PRIVATE KEY');
    const other = readSettings({ ...vertex, VERTEX_PROJECT: 'other-project' });
    expect(other.provider).toMatchObject({ project: 'other-project' });
  });

  it.each([
    [key, 0o640, 'can read (mode 640); run chmod 600'],
    [{ ...key, type: 'authorized_user' }, 0o600, 'type is wrong: is not the key of a service account'],
    [{ ...key, private_key: 'secret words' }, 0o600, 'private_key is wrong: has no readable RSA key'],
    [{ ...key, token_uri: 'http://elsewhere.example' }, 0o600, 'token_uri is wrong: must begin with https'],
  ])('takes no other file (%#)', (content, mode, problem) => {
    writeKey(content, mode);
    const faults = faultsOf(vertex).join();
    expect(faults).toContain(problem);
    expect(faults).not.toContain('secret words');
  });

  it('says what is missing', () => {
    expect(faultsOf({ BATON_PROVIDER: 'vertex', BATON_MODEL: 'm' })).toEqual([
      'VERTEX_REGION is missing, and BATON_PROVIDER is vertex',
      'VERTEX_SERVICE_ACCOUNT is missing, and BATON_PROVIDER is vertex',
    ]);
  });
});
