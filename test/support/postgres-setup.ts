import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/engine/start-embedded-postgres.ts';

/** Workers end after the last test, and each that made a database holds a connection until then. */
const WORKERS_END_MS = 60_000;
const LOOK_EVERY_MS = 50;

async function stopServer(directory: string): Promise<void> {
  const deadline = performance.now() + WORKERS_END_MS;
  for (;;) {
    const server = await startEmbeddedPostgres(directory);
    if ((await server.stop()) === 'stopped') {
      return;
    }
    if (performance.now() > deadline) {
      throw new Error(`The PostgreSQL of the tests in ${directory} is still in use, so it was not stopped.`);
    }
    await delay(LOOK_EVERY_MS);
  }
}

/** Names the directory of the shared test server. No server is started here, so tests without a database pay nothing. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(path.join(tmpdir(), 'baton-test-'));
  const directory = path.join(home, 'postgres');
  project.provide('postgresDirectory', directory);
  return async () => {
    if (existsSync(directory)) {
      await stopServer(directory);
    }
    await rm(home, { recursive: true, force: true });
  };
}
