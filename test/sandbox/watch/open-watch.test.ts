import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

describe('src/sandbox/watch/open-watch', () => {
  it('says of a tree that cannot be counted at the end what may be the matter', async () => {
    const script = join(import.meta.dirname, 'close-without-files.ts');
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      'ulimit -n 64; exec "$@"',
      'sh',
      process.execPath,
      script,
      import.meta.dirname,
    ]);
    expect(JSON.parse(stdout)).toEqual({
      limit: 'uncounted',
      reason: expect.stringContaining('could not be counted'),
      remedy: expect.stringContaining('can open no more files'),
    });
  });
});
