import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/engine/start-embedded-postgres.ts';

/** Names the directory of the shared test server. No server is started here, so tests without a database pay nothing. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(path.join(tmpdir(), 'baton-test-'));
  const directory = path.join(home, 'postgres');
  project.provide('postgresDirectory', directory);
  return async () => {
    if (existsSync(directory)) {
      const server = await startEmbeddedPostgres(directory);
      await server.stop();
    }
    await rm(home, { recursive: true, force: true });
  };
}
