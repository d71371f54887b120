import { readFile } from 'node:fs/promises';
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
});
