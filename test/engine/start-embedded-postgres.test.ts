import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPostmaster } from '../../src/engine/embedded/postmaster-file.ts';
import { startEmbeddedPostgres } from '../../src/engine/start-embedded-postgres.ts';
import { startReplica } from './replica.ts';

const asRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

describe('src/engine/start-embedded-postgres', () => {
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'baton-embedded-'));
  });
  afterEach(async () => {
    // Uses that a test has left open would keep it running.
    const pid = await readPid().catch(() => 0);
    const cluster = path.join(home, 'cluster');
    if (pid > 0 && (await isPostmaster(pid, cluster))) {
      process.kill(pid, 'SIGINT');
      await vi.waitFor(async () => expect(await isPostmaster(pid, cluster)).toBe(false), 60_000);
    }
    await rm(home, { recursive: true });
  });

  async function readPid(): Promise<number> {
    const text = await readFile(path.join(home, 'cluster', 'postmaster.pid'), 'utf8');
    return Number(text.split('\n')[0]);
  }

  it('makes a cluster in a private directory, and finds its data again at the next start', async () => {
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    const first = await startEmbeddedPostgres(home);
    expect(first.how).toBe('initialised');
    await query(first.url, 'create table kept (n int)');
    expect(await query(first.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await first.stop()).toBe('stopped');
    const second = await startEmbeddedPostgres(home);
    expect(second.how).toBe('started');
    expect(await query(second.url, 'select * from kept')).toEqual([]);
    expect(await second.stop()).toBe('stopped');
    expect(await second.stop()).toBe('stopped');
  });

  it('keeps its password out of arguments and logs, in a file for the owner alone', async () => {
    const server = await startEmbeddedPostgres(home);
    const { password } = new URL(server.url);
    expect(password.length).toBeGreaterThan(30);
    const file = path.join(home, 'password');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, 'utf8')).trim()).toBe(password);
    expect(await readFile(`/proc/${await readPid()}/cmdline`, 'utf8')).not.toContain(password);
    expect(await readFile(path.join(home, 'server.log'), 'utf8')).not.toContain(password);
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('adopts the server of a process that was killed, and leaves one alone that others use', async () => {
    const { child, how } = await startApart(home, []);
    expect(how).toBe('initialised');
    const pid = await readPid();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await startEmbeddedPostgres(home);
    expect(server.how).toBe('adopted');
    expect(await readPid()).toBe(pid);
    const stranger = new Client({ connectionString: server.url });
    await stranger.connect();
    expect(await server.stop()).toBe('in-use');
    await stranger.end();
    // It has given the server up, so it cannot look again.
    expect(await server.stop()).toBe('unanswered');
    expect(await (await startEmbeddedPostgres(home)).stop()).toBe('stopped');
  });

  it('leaves the server to whoever has adopted it, connected or not', async () => {
    const first = await startEmbeddedPostgres(home);
    const second = await startEmbeddedPostgres(home);
    expect(await first.stop()).toBe('in-use');
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await second.stop()).toBe('stopped');
  });

  it('whoever starts while others stop has a server', async () => {
    let last = await startEmbeddedPostgres(home);
    for (let round = 0; round < 5; round += 1) {
      const [next] = await Promise.all([startEmbeddedPostgres(home), last.stop()]);
      expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      last = next;
    }
    expect(await last.stop()).toBe('stopped');
  });

  it('stops nothing when it cannot learn who uses it', async () => {
    const server = await startEmbeddedPostgres(home);
    await query(
      server.url,
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'baton server use'`,
    );
    expect(await server.stop()).toBe('unanswered');
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes its own connections along when it stops, and they have the names that they say', async () => {
    const server = await startEmbeddedPostgres(home);
    const own = new Client({ connectionString: server.url, application_name: 'baton store' });
    own.on('error', () => undefined);
    await own.connect();
    const { rows } = await own.query('show application_name');
    expect(rows).toEqual([{ application_name: 'baton store' }]);
    const ended = new Promise((resolve) => own.once('end', () => resolve('ended')));
    expect(await server.stop()).toBe('stopped');
    expect(await ended).toBe('ended');
  });

  it('takes an engine along that is still open', async () => {
    const server = await startEmbeddedPostgres(home);
    const replica = await startReplica({ databaseUrl: server.url, journal: path.join(home, 'journal') });
    const outcome = await server.stop(0);
    await replica.kill();
    expect(outcome).toBe('cut-short');
  });

  it('starts again after the server itself was killed', async () => {
    const first = await startEmbeddedPostgres(home);
    await query(first.url, 'create table kept (n int)');
    process.kill(await readPid(), 'SIGKILL');
    const second = await startEmbeddedPostgres(home);
    expect(second.how).toBe('started');
    expect(await query(second.url, 'select * from kept')).toEqual([]);
  });

  it('is cut short when it does not end in time, and loses nothing', async () => {
    const first = await startEmbeddedPostgres(home);
    await query(first.url, 'create table kept (n int)');
    expect(await first.stop(0)).toBe('cut-short');
    const second = await startEmbeddedPostgres(home);
    await query(second.url, 'insert into kept values (1)');
    // It hears nothing of what can be ignored.
    process.kill(second.pid, 'SIGSTOP');
    expect(await second.stop(10)).toBe('cut-short');
    const third = await startEmbeddedPostgres(home);
    expect(await query(third.url, 'select * from kept')).toEqual([{ n: 1 }]);
    expect(await third.stop()).toBe('stopped');
  });

  it.each(['a zombie', 'another living process'])('starts although postmaster.pid names %s', async (whom) => {
    const first = await startEmbeddedPostgres(home);
    const file = path.join(home, 'cluster', 'postmaster.pid');
    const left = await readFile(file, 'utf8');
    await first.stop();
    // Its parent never reaps it.
    const parent = spawn('sh', ['-c', 'sh -c "exit 0" & echo $!; exec sleep 60']);
    const [output] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = whom === 'a zombie' ? output.toString().trim() : String(process.pid);
    await writeFile(file, left.replace(/^\d+/, pid));
    const second = await startEmbeddedPostgres(home);
    expect(second.how).toBe('started');
    parent.kill('SIGKILL');
  });

  it('serves callers that start at the same moment with one server', async () => {
    for (const how of ['initialised', 'started', 'started', 'started']) {
      const servers = await Promise.all([1, 2, 3, 4].map(() => startEmbeddedPostgres(home)));
      expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
      expect(servers.map((server) => server.how).toSorted()).toEqual(['adopted', 'adopted', 'adopted', how]);
      const ends = await Promise.all(servers.map((server) => server.stop()));
      expect(ends.toSorted()).toEqual(['in-use', 'in-use', 'in-use', 'stopped']);
    }
  });

  it.runIf(asRoot)('runs without privileges when started by root', async () => {
    await startEmbeddedPostgres(home);
    const status = await readFile(`/proc/${await readPid()}/status`, 'utf8');
    const uid = /^Uid:\s+(\d+)/m.exec(status)?.[1];
    expect(uid).not.toBe('0');
    // At most one of dac_override and dac_read_search.
    expect(['2', '4']).toContain(/^CapEff:\s+0*(\w+)$/m.exec(status)?.[1]);
  });

  // Such a user cannot even start Node in a checkout that only root can enter.
  it.runIf(asRoot && isOpenToAll(import.meta.dirname))('runs for an ordinary user', async () => {
    await chown(home, NOBODY, NOBODY);
    await chmod(home, 0o700);
    const { child, how } = await startApart(home, [
      'setpriv',
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      '--clear-groups',
      '--inh-caps=-all',
      '--bounding-set=-all',
    ]);
    expect(how).toBe('initialised');
    child.stdin.write('stop\n');
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });

  it('says what to do on a machine it has no binaries for', async () => {
    const arch = Object.getOwnPropertyDescriptor(process, 'arch') ?? {};
    Object.defineProperty(process, 'arch', { ...arch, value: 'riscv64' });
    try {
      await expect(startEmbeddedPostgres(home)).rejects.toThrow(
        /linux-riscv64 is not installed.*DATABASE_URL/,
      );
    } finally {
      Object.defineProperty(process, 'arch', arch);
    }
  });
});

/** Whether everybody may enter the directory and all above it. */
function isOpenToAll(directory: string): boolean {
  const above = path.dirname(directory);
  return (statSync(directory).mode & 0o001) !== 0 && (above === directory || isOpenToAll(above));
}

async function query(connectionString: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

interface Apart {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly how: string;
}

/** Starts the server from another process, as another user when `before` says so. */
async function startApart(home: string, before: readonly string[]): Promise<Apart> {
  const script = path.join(import.meta.dirname, 'embedded-process.ts');
  const [program, ...args] = [...before, process.execPath, script, home];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, how: output.toString().trim() };
}
