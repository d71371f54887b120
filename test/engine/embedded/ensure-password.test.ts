import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensurePassword } from '../../../src/engine/embedded/ensure-password.ts';

describe('src/engine/embedded/ensure-password', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'baton-password-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('is the same, and whole, for all who ask at the same time', async () => {
    const file = join(home, 'password');
    const all = await Promise.all(Array.from({ length: 50 }, () => ensurePassword(file)));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).toMatch(/^[\w-]{32}$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['password']);
  });

  it('says what to do with an empty file, instead of trying it', async () => {
    const file = join(home, 'password');
    await writeFile(file, '');
    await expect(ensurePassword(file)).rejects.toThrow(`${file} is empty`);
  });
});
