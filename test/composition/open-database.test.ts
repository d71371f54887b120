import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/composition/open-database.ts';
import { toSecret } from '../../src/config/secret.ts';
import { openServerLock } from '../../src/engine/embedded/open-server-lock.ts';
import { isPostmaster } from '../../src/engine/embedded/postmaster-file.ts';
import { SILENT } from '../store/held-and-silent.ts';
import { PATIENCE } from '../support/patience.ts';

describe('src/composition/open-database', () => {
  let directory: string;
  let said: string[];
  const log = {
    ...SILENT,
    info: (_: object, message?: string) => void said.push(`info: ${message}`),
    warn: (_: object, message?: string) => void said.push(`warn: ${message}`),
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'baton-embedded-'));
    said = [];
  });
  afterEach(async () => {
    const cluster = join(directory, 'cluster');
    const pid = Number(
      (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '0')).split('\n')[0],
    );
    if (pid > 0 && (await isPostmaster(pid, cluster))) {
      process.kill(pid, 'SIGQUIT');
      await vi.waitFor(async () => expect(await isPostmaster(pid, cluster)).toBe(false), PATIENCE);
    }
    await rm(directory, { recursive: true });
  });

  async function openEmbedded() {
    const database = await openDatabase({ kind: 'embedded', directory }, log);
    said = [];
    return database;
  }

  async function openSession(connectionString: string, name: string): Promise<Client> {
    const client = new Client({ connectionString, application_name: name });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  it('leaves an embedded server to another Baton that was given its address, and to nobody else', async () => {
    const own = await openEmbedded();
    const address = new URL(own.url);
    address.searchParams.set('application_name', 'baton of somebody');
    const other = await openDatabase({ kind: 'server', url: toSecret(address.href) }, log);
    const session = await openSession(other.url, 'baton store');
    await own.close();
    expect((await session.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await session.end();
    await other.close();
    expect(said).toEqual([]);
    // It is seen to have gone as soon as the server has heard of it.
    await vi.waitFor(async () => {
      const last = await openDatabase({ kind: 'embedded', directory }, SILENT);
      await last.close();
      await expect(readFile(join(directory, 'cluster', 'postmaster.pid'))).rejects.toThrow('ENOENT');
    }, PATIENCE);
  });

  it('says nothing of a server that does not answer: whoever works with it does', async () => {
    const url = toSecret('postgresql://nobody@127.0.0.1:1/none');
    const database = await openDatabase({ kind: 'server', url }, log);
    await database.close();
    expect(said).toEqual([]);
  });

  it.each([
    ['in-order', []],
    ['at-once', ['info: somebody else uses the embedded PostgreSQL; it is left running']],
  ] as const)('a stop %s leaves a server running that others use', async (how, lines) => {
    const database = await openEmbedded();
    const stranger = await openSession(database.url, 'a stranger');
    await database.close(how);
    await stranger.query('select 1');
    await stranger.end();
    expect(said).toEqual(lines);
  });

  it('says that a server was cut short', async () => {
    const database = await openEmbedded();
    await database.close('at-once');
    expect(said).toEqual([
      'warn: the embedded PostgreSQL was cut short; it recovers from its log at the next start',
    ]);
  });

  it('says that a server does not tell who uses it', async () => {
    const database = await openEmbedded();
    const stranger = await openSession(database.url, 'a stranger');
    await stranger.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'baton server use'`,
    );
    await stranger.end();
    await database.close();
    expect(said).toEqual([
      'warn: the embedded PostgreSQL does not say whether it can be stopped; it is left running',
    ]);
  });

  it('waits no longer than it may for whoever starts or stops the same server, and says so', async () => {
    const database = await openEmbedded();
    const withLock = await openServerLock(directory);
    await withLock(() => database.close());
    expect(said).toEqual(['warn: the embedded PostgreSQL has not ended in the time of the stop']);
    // It ends once it has its turn.
    await vi.waitFor(
      () => expect(readFile(join(directory, 'cluster', 'postmaster.pid'))).rejects.toThrow('ENOENT'),
      PATIENCE,
    );
  });
});
