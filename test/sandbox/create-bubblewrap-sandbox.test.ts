import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandResult } from '../../src/domain/evidence.ts';
import { DEFAULT_LIMITS } from '../../src/domain/sandbox-limits.ts';
import type { SandboxedCommand } from '../../src/ports/sandbox.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { findProcesses, listen, requireBubblewrap, silentLog, until } from './support/host.ts';

/** In a checkout below /root the way to the running Node shows, and nothing beside it. */
const OWN_FOLDER = /^\/root\/([^/]+)/.exec(process.execPath)?.[1] ?? '';

describe('src/sandbox/create-bubblewrap-sandbox', () => {
  let root: string;
  let tree: string;
  const sandbox = createBubblewrapSandbox({ log: silentLog });

  beforeAll(requireBubblewrap);
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'baton-sandbox-'));
    tree = join(root, 'tree');
    mkdirSync(tree);
    writeFileSync(join(root, 'secret'), 'TOPSECRET');
    writeFileSync(join(tree, 'file'), 'content');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function run(script: string, changes: Partial<SandboxedCommand> = {}): Promise<CommandResult> {
    const command: SandboxedCommand = {
      argv: ['bash', '-c', script],
      tree: { path: tree, access: 'write' },
      timeoutMs: 60_000,
      ...changes,
    };
    return sandbox.run(command, new AbortController().signal);
  }

  const attacks: [string, () => string][] = [
    ['read a file outside the tree', () => `cat ${root}/secret`],
    ['see beside the tree', () => `ls ${root} | grep -v '^tree$'`],
    ['read the environment of the server', () => `cat /proc/${process.pid}/environ`],
    ['signal the server', () => `kill -0 ${process.pid}`],
    [
      'write outside the tree',
      () => 'touch /usr/planted || touch /etc/planted || touch /planted || touch /dev/planted',
    ],
    ['write to the running Node', () => `touch ${process.execPath}`],
    ['read the home of the server', () => `ls -A /root | grep -vxF '${OWN_FOLDER}' || ls -A $HOME | grep .`],
    ['read the password hashes', () => 'cat /etc/shadow'],
    ['make a user namespace', () => 'unshare -Ur true'],
    ['mount', () => 'mount -t tmpfs none /tmp'],
    ['become root', () => 'su -c true || sudo -n true'],
    ['open the disk', () => 'ls /dev | grep -E "^(vd|sd|nvme|mem|kmsg)"'],
    ['reach a container engine', () => 'ls /run/docker.sock /var/run/docker.sock'],
  ];

  it.each(attacks)('does not let a command %s', async (_, script) => {
    const result = await run(`${script()} && echo LEAK`);
    expect(result.kind).toBe('exited');
    expect(result).not.toMatchObject({ output: expect.stringMatching(/LEAK|TOPSECRET/) });
  });

  it('keeps what is written beside the tree to itself', async () => {
    await run(`touch ${root}/planted`);
    expect(existsSync(join(root, 'planted'))).toBe(false);
  });

  it('has no way to the network, the loopback of the host included', async () => {
    const { server, port, visits } = await listen();
    const result = await run(
      `exec 3<>/dev/tcp/127.0.0.1/${port} && cat <&3; cat /sys/class/net/*/address; ls /proc/sys/net >/dev/null; grep -c : /proc/net/dev`,
    );
    server.close();
    expect(visits()).toBe(0);
    expect(result).toMatchObject({ output: expect.stringMatching(/refused[^]*\n1\n$/) });
  });

  it('has a loopback of its own, for tests that start a server', async () => {
    const program = `const s = require('node:http').createServer((q, r) => r.end('own')).listen(0, '127.0.0.1', async () => {
      console.log(await (await fetch('http://127.0.0.1:' + s.address().port)).text()); s.close(); })`;
    expect(await run('', { argv: ['node', '-e', program] })).toMatchObject({ output: 'own\n' });
  });

  it('knows its user, who is not root', async () => {
    const result = await run(
      'id -u; whoami; node -p "os.userInfo().username"; grep CapEff /proc/self/status',
    );
    expect(result).toMatchObject({ output: '1000\nagent\nagent\nCapEff:\t0000000000000000\n' });
  });

  it('can only read a tree given for reading', async () => {
    const result = await run('cat file; touch new; rm file', { tree: { path: tree, access: 'read' } });
    expect(result).toMatchObject({
      output: expect.stringMatching(/^content.*Read-only file system\n.*Read-only file system\n$/s),
    });
  });

  it('sees further paths read-only, also inside the tree', async () => {
    const inner = join(tree, 'vendor');
    mkdirSync(inner, { recursive: true });
    const result = await run(`cat ${root}/secret; touch vendor/x`, {
      readOnly: [inner, join(root, 'secret')],
    });
    expect(result).toMatchObject({ output: expect.stringMatching(/^TOPSECRET.*Read-only file system\n$/s) });
  });

  it('never shows a variable in the process list', async () => {
    const looked = join(tree, 'looked');
    const running = run(`until test -e ${looked}; do sleep 0.1; done; echo "$TOKEN" | wc -c`, {
      environment: { TOKEN: 'run-token-4711' },
    });
    await until(() => findProcesses(`until test -e ${looked}`).some((line) => line.startsWith('bash')));
    expect(findProcesses('run-token-4711')).toEqual([]);
    writeFileSync(looked, '');
    expect(await running).toMatchObject({ output: '15\n' });
  });

  it('leaves nobody alive: neither daemons nor children that hide', async () => {
    const marker = `9${Math.floor(performance.now() * 1000)}`;
    const hide = `(setsid bash -c "trap '' TERM HUP; exec sleep ${marker}" </dev/null >/dev/null 2>&1 &)`;
    expect(await run(`${hide}; ${hide}; sleep 0.1`)).toMatchObject({ kind: 'exited', code: 0 });
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
    expect(await run(`${hide}; ${hide}; sleep 30`, { timeoutMs: 400 })).toMatchObject({ kind: 'timed-out' });
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
  });

  it('is ended at every moment of its making', async () => {
    const marker = `4${Math.floor(performance.now() * 1000)}`;
    for (let delay = 0; delay < 24; delay += 1) {
      const ended = sandbox.run(
        { argv: ['sleep', marker], tree: { path: tree, access: 'read' }, timeoutMs: 60_000 },
        AbortSignal.timeout(delay),
      );
      await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
      expect(findProcesses(marker)).toEqual([]);
    }
  });

  it('dies with a server that is killed', async () => {
    const marker = `6${Math.floor(performance.now() * 1000)}`;
    const source = join(import.meta.dirname, '../../src/sandbox/create-bubblewrap-sandbox.ts');
    const program = `
      const { createBubblewrapSandbox } = await import(${JSON.stringify(source)});
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      await createBubblewrapSandbox({ log }).run({ argv: ['bash', '-c', 'setsid sleep ${marker} & sleep ${marker}'],
        tree: { path: ${JSON.stringify(tree)}, access: 'write' }, timeoutMs: 60000 }, new AbortController().signal);`;
    const server = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    await until(
      () => findProcesses(`sleep ${marker}`).filter((line) => line.startsWith('sleep')).length === 2,
    );
    server.kill('SIGKILL');
    await until(() => findProcesses(`sleep ${marker}`).length === 0);
  });

  it('limits file size, open files, processor time and core dumps', async () => {
    const limited = createBubblewrapSandbox({
      log: silentLog,
      limits: { ...DEFAULT_LIMITS, fileBytes: 1_000_000, openFiles: 64, cpuSeconds: 1 },
    });
    const script =
      'head -c 2000000 /dev/zero > big; wc -c < big; ulimit -n -c; (while true; do true; done); echo $?';
    const result = await limited.run(
      // Only ends what hangs: a second of the processor can take long to come by.
      { argv: ['bash', '-c', script], tree: { path: tree, access: 'write' }, timeoutMs: 240_000 },
      new AbortController().signal,
    );
    expect(result).toMatchObject({ output: expect.stringMatching(/\n1000000\n.* 64\n.* 0\n[^]*\n137\n$/) });
  });

  it('limits the private directories', async () => {
    const result = await run('head -c 1200000000 /dev/zero > /dev/shm/big; wc -c < /dev/shm/big');
    expect(result).toMatchObject({ output: expect.stringMatching(/No space left on device\n268435456\n$/) });
  });

  it('says what is wrong when it cannot be made', async () => {
    expect(await run('true', { readOnly: ['/no/such/path'] })).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('/no/such/path'),
      remedy: expect.stringContaining('Check the paths'),
    });
    expect(await run('true', { tree: { path: '/no/such/tree', access: 'read' } })).toMatchObject({
      kind: 'unavailable',
    });
  });

  it('does not take a failing command for a failing sandbox', async () => {
    expect(await run('echo "bwrap: no" >&2; exit 1')).toMatchObject({ kind: 'exited', code: 1 });
    expect(await run('kill -9 $$')).toMatchObject({ kind: 'exited', code: 137 });
  });
});
