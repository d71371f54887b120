import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensurePassword } from '../../src/engine/embedded/ensure-password.ts';
import { findBinaries } from '../../src/engine/embedded/find-binaries.ts';
import { initialiseCluster } from '../../src/engine/embedded/initialise-cluster.ts';
import { chooseServerAccount, toAccountCommand } from '../../src/engine/embedded/server-account.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'baton-account-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

describe('src/engine/embedded/server-account', () => {
  it('gets through to programs and data below a directory that only their owner can enter', async () => {
    const { initdb } = await findBinaries();
    const native = join(home, 'programs', 'native');
    await mkdir(dirname(native), { mode: 0o700 });
    await cp(dirname(dirname(initdb)), native, { recursive: true, verbatimSymlinks: true });
    const cluster = join(home, 'cluster');
    const passwordFile = join(home, 'password');
    await ensurePassword(passwordFile);
    const account = await chooseServerAccount(cluster);
    const made = await initialiseCluster({
      initdb: join(native, 'bin', 'initdb'),
      cluster,
      passwordFile,
      account,
    });
    expect(made).toBe(true);
  });

  it('keeps one capability at most, and none when it need not change the account', () => {
    expect(toAccountCommand({ kind: 'own' }, ['postgres'])).toEqual(['postgres']);
    const words = toAccountCommand(
      { kind: 'unprivileged', uid: 65_534, gid: 65_534, capability: 'dac_read_search' },
      ['postgres'],
    );
    expect(words.filter((word) => word.includes('caps='))).toEqual([
      '--inh-caps=-all,+dac_read_search',
      '--ambient-caps=-all,+dac_read_search',
    ]);
    expect(words).toContain('--no-new-privs');
    expect(words.join(sep)).toContain('--reuid=65534');
  });
});
