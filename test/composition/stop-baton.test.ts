import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { STOP_REST_MS } from '../../src/composition/stop-baton.ts';

describe('src/composition/stop-baton', () => {
  it.each(['docs/guides/stop-a-server.md', 'docs/reference/configuration.md'])(
    'takes as long as %s says',
    async (page) => {
      const text = await readFile(page, 'utf8');
      expect(text).toMatch(
        new RegExp(`at most (\`BATON_STOP_SECONDS\` and )?${STOP_REST_MS / 1000} seconds more`),
      );
    },
  );

  it('is bounded when the engine hangs, and cuts its steps short before it kills what they have started', async () => {
    const script = join(import.meta.dirname, 'stop-process.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    expect(stdout).toBe('cut short: S\ndatabase: at-once, SIGKILL\noutcome: late\n');
  });
});
