import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBubblewrap } from './support/host.ts';

const SERVER = join(import.meta.dirname, 'support/list-descriptors.ts');

/** Above those that Node closes by itself. */
const HIGH = '140';

describe('src/sandbox/inherited-descriptors', () => {
  let tree: string;
  beforeAll(requireBubblewrap);
  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'baton-inherited-'));
  });
  afterAll(() => rm(tree, { recursive: true }));

  it('does not hand on what the server was started with', async () => {
    const secret = join(tree, 'secret');
    await writeFile(secret, 'TOPSECRET');
    const start = `exec ${HIGH}<"$0"; exec "$@"`;
    const { stdout } = await promisify(execFile)('/bin/bash', [
      '-c',
      start,
      secret,
      process.execPath,
      SERVER,
      tree,
      HIGH,
    ]);
    expect(stdout).toBe('bubblewrap /dev/null\nnone /dev/null\n');
  });

  it('opens nothing where nothing was', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [SERVER, tree, HIGH]);
    expect(stdout).toBe('bubblewrap none\nnone none\n');
  });
});
