import { describe, expect, it } from 'vitest';
import { listSecrets } from '../../src/config/list-secrets.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { ENOUGH, PEM } from './environment.ts';

function secretsWith(databaseUrl: string): string[] {
  return listSecrets(readSettings({ ...ENOUGH, DATABASE_URL: databaseUrl }));
}

describe('src/config/list-secrets', () => {
  it('lists the key, the webhook secret and the password of the database in both its forms', () => {
    expect(listSecrets(readSettings(ENOUGH))).toEqual([PEM, 'a webhook secret']);
    const url = 'postgres://baton:p%40ssword@db/baton';
    expect(secretsWith(url)).toEqual([PEM, 'a webhook secret', url, 'p%40ssword', 'p@ssword']);
  });

  it('copes with a URL without a password, or with a stray percent sign', () => {
    expect(secretsWith('postgres://db/baton')).toEqual([PEM, 'a webhook secret', 'postgres://db/baton']);
    expect(secretsWith('postgres://u:100%@db/baton')).toContain('100%');
  });

  it('does not hide a name that stands for a password: every text that speaks of it would be spoilt', () => {
    const url = 'postgres://postgres:postgres@db/baton';
    expect(secretsWith(url)).toEqual([PEM, 'a webhook secret', url]);
    expect(secretsWith('postgres://me:baton@db/baton')).not.toContain('baton');
  });

  it('lists the password of the proxy, and reads where it does not lead', () => {
    const settings = readSettings({
      ...ENOUGH,
      HTTPS_PROXY: 'http://me:hu%23sh@proxy.example.com:3128',
      NO_PROXY: '.example.com, 10.0.0.0/8',
    });
    expect(listSecrets(settings)).toEqual([PEM, 'a webhook secret', 'hu%23sh', 'hu#sh']);
    expect(settings.proxy?.hostsWithout).toEqual(['.example.com', '10.0.0.0/8']);
    expect(() => readSettings({ ...ENOUGH, HTTPS_PROXY: 'proxy.example.com:3128' })).toThrow(
      /HTTPS_PROXY must be/,
    );
  });
});
