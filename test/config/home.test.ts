import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureHome } from '../../src/config/home.ts';

describe('src/config/home', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'baton-home-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('makes a directory that only its owner can enter, and is content with it afterwards', async () => {
    const home = path.join(directory, 'a', 'baton');
    await ensureHome(home);
    await ensureHome(home);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
  });

  it('says what to do when there is a file in its place', async () => {
    const file = path.join(directory, 'file');
    await writeFile(file, '');
    for (const home of [file, path.join(file, 'below')]) {
      await expect(ensureHome(home)).rejects.toThrow(/^BATON_HOME .+ cannot be made: E.+ or set BATON_HOME/);
    }
  });

  it('is made by those who ask at the same moment, once', async () => {
    const home = path.join(directory, 'a', 'b', 'baton');
    await Promise.all([1, 2, 3, 4].map(() => ensureHome(home)));
    expect((await stat(home)).isDirectory()).toBe(true);
  });

  it('refuses a directory that others can enter, and leaves it as it is', async () => {
    await chmod(directory, 0o755);
    await expect(ensureHome(directory)).rejects.toThrow(/mode 755.*chmod 700/s);
    expect((await stat(directory)).mode & 0o777).toBe(0o755);
  });
});
