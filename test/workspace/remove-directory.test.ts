import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeDirectory } from '../../src/workspace/remove-directory.ts';
import { digDeep } from './support/dig-deep.ts';

describe('src/workspace/remove-directory.ts', () => {
  let parent: string;
  let directory: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'baton-remove-'));
    directory = join(parent, 'tree');
    mkdirSync(directory);
  });

  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  test('removes directories that are closed to the server', async () => {
    mkdirSync(join(directory, 'a/b'), { recursive: true });
    writeFileSync(join(directory, 'a/b/c'), 'x');
    chmodSync(join(directory, 'a'), 0o000);
    await removeDirectory(directory);
    expect(existsSync(directory)).toBe(false);
  });

  test('removes directories so deep that their paths are too long for the system', async () => {
    digDeep(directory, 60);
    await removeDirectory(directory);
    expect(existsSync(directory)).toBe(false);
  });

  test('is content with what is gone already', async () => {
    await removeDirectory(join(parent, 'nothing'));
  });
});
