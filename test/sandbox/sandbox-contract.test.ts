import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox, SandboxedCommand } from '../../src/ports/sandbox.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { createOpenSandbox } from '../../src/sandbox/create-open-sandbox.ts';
import { collect, findProcesses, requireBubblewrap, silentLog, until } from './support/host.ts';

/** Time limits that a command reaches. On a busy machine it may say its first word only within a later one. */
const EVER_LONGER_MS = [500, 2_000, 10_000, 60_000];

const kinds: [string, () => Sandbox][] = [
  ['create-bubblewrap-sandbox', () => createBubblewrapSandbox({ log: silentLog })],
  ['create-open-sandbox', createOpenSandbox],
];

describe.each(kinds)('src/sandbox/%s: contract', (_, create) => {
  let tree: string;
  let sandbox: Sandbox;
  const never = new AbortController().signal;

  beforeAll(requireBubblewrap);
  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'baton-tree-'));
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));
  beforeEach(() => {
    sandbox = create();
  });

  function toCommand(script: string, changes: Partial<SandboxedCommand> = {}): SandboxedCommand {
    return {
      argv: ['bash', '-c', script],
      tree: { path: tree, access: 'write' },
      timeoutMs: 60_000,
      ...changes,
    };
  }

  it('gives the exit code and both outputs in their order', async () => {
    const result = await sandbox.run(
      toCommand('for i in 1 2 3; do echo out$i; echo err$i >&2; done; exit 7'),
      never,
    );
    expect(result).toMatchObject({ kind: 'exited', code: 7, output: 'out1\nerr1\nout2\nerr2\nout3\nerr3\n' });
  });

  it('gives the command up first when memory runs out', async () => {
    const result = await sandbox.run(toCommand('sh -c "cat /proc/self/oom_score_adj"'), never);
    expect(result).toMatchObject({ output: '1000\n' });
  });

  it('passes arguments without a shell', async () => {
    const argv: [string, ...string[]] = ['printf', '[%s]', '$(id)', '; x', 'a b', ''];
    expect(await sandbox.run(toCommand('', { argv }), never)).toMatchObject({
      output: '[$(id)][; x][a b][]',
    });
  });

  it('works in the tree, and its changes stay', async () => {
    const result = await sandbox.run(toCommand('pwd; echo new > made.txt'), never);
    expect(result).toMatchObject({ output: `${tree}\n` });
    expect(readFileSync(join(tree, 'made.txt'), 'utf8')).toBe('new\n');
  });

  it('passes standard input', async () => {
    expect(await sandbox.run(toCommand('cat', { stdin: 'hello' }), never)).toMatchObject({ output: 'hello' });
    expect(await sandbox.run(toCommand('cat'), never)).toMatchObject({ code: 0, output: '' });
  });

  it('ends well when a large input is not read', async () => {
    expect(await sandbox.run(toCommand('true', { stdin: 'x'.repeat(5_000_000) }), never)).toMatchObject({
      code: 0,
    });
  });

  it('shows nothing of the server environment', async () => {
    const result = await sandbox.run(toCommand('env', { environment: { COLOUR: 'red' } }), never);
    const names = result.kind === 'exited' ? result.output.split('\n').map((line) => line.split('=')[0]) : [];
    expect(new Set(names)).toEqual(new Set(['COLOUR', 'HOME', 'LANG', 'PATH', 'PWD', 'SHLVL', '_', '']));
  });

  it('runs the same Node as the server, with given directories first', async () => {
    writeFileSync(join(tree, 'tool'), '#!/bin/sh\necho mine\n', { mode: 0o755 });
    const result = await sandbox.run(toCommand('tool; node --version', { path: [tree] }), never);
    expect(result).toMatchObject({ output: `mine\n${process.version}\n` });
  });

  it.each(['LD_PRELOAD', 'NODE_OPTIONS', 'GIT_DIR', 'BASH_ENV', 'PATH', 'npm_config_script_shell'])(
    'refuses to set %s',
    async (name) => {
      const result = await sandbox.run(toCommand('true', { environment: { [name]: 'x' } }), never);
      expect(result).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining(name) });
    },
  );

  it('says 127 for a program that does not exist', async () => {
    expect(await sandbox.run(toCommand('', { argv: ['no-such-program'] }), never)).toMatchObject({
      code: 127,
    });
  });

  it('ends a process that ignores the end, at the time limit', async () => {
    const marker = `7${Math.floor(performance.now() * 1000)}`;
    const script = `trap '' TERM INT HUP; echo begun; sleep ${marker} & sleep ${marker}; sleep ${marker}`;
    let output = '';
    for (const timeoutMs of EVER_LONGER_MS) {
      const result = await sandbox.run(toCommand(script, { timeoutMs }), never);
      expect(result).toMatchObject({ kind: 'timed-out' });
      expect(findProcesses(`sleep ${marker}`)).toEqual([]);
      output = result.kind === 'timed-out' ? result.output : '';
      if (output !== '') {
        break;
      }
    }
    expect(output).toBe('begun\n');
  });

  it('rejects with an AbortError when the signal fires', async () => {
    const marker = `8${Math.floor(performance.now() * 1000)}`;
    const abort = new AbortController();
    const running = sandbox.run(toCommand(`sleep ${marker}`), abort.signal);
    await until(() => findProcesses(`sleep ${marker}`).length > 0);
    abort.abort(new Error('the run was cancelled'));
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
  });

  it('does not begin when the signal has fired', async () => {
    const signal = AbortSignal.abort();
    await expect(sandbox.run(toCommand('touch begun'), signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(() => readFileSync(join(tree, 'begun'))).toThrow(/ENOENT/);
  });

  it('keeps the beginning and the end of endless output', async () => {
    const result = await sandbox.run(
      toCommand('echo first; head -c 30000000 /dev/zero | tr "\\0" x; echo; echo last'),
      never,
    );
    const output = result.kind === 'exited' ? result.output : '';
    expect(output.length).toBeLessThan(263_000);
    expect(output).toMatch(/^first\nx+\n\[\.\.\. \d+ bytes cut \.\.\.\]\nx+\nlast\n$/);
  });

  it('ends what a command leaves running in the background', async () => {
    const marker = `5${Math.floor(performance.now() * 1000)}`;
    expect(await sandbox.run(toCommand(`sleep ${marker} & echo done`), never)).toMatchObject({
      output: 'done\n',
    });
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
  });

  it('does not wait for a child that keeps the output open', async () => {
    // Longer than the command may take.
    const result = await sandbox.run(toCommand('setsid sleep 20 & echo done', { timeoutMs: 15_000 }), never);
    expect(result).toMatchObject({ kind: 'exited', code: 0, output: 'done\n' });
  });

  async function startTalking(script: string, changes: Partial<SandboxedCommand> = {}) {
    const command = toCommand(script, changes);
    return sandbox.start(command, never);
  }

  it('talks to a process, line by line, and tells what it complained about', async () => {
    const talk = await startTalking('echo ready; while read -r line; do echo oh >&2; echo "<$line>"; done');
    const heard: string[] = [];
    for await (const line of talk.lines) {
      heard.push(line);
      if (heard.length === 3) {
        break;
      }
      talk.send(`{"id":${heard.length}}`);
    }
    expect(heard).toEqual(['ready', '<{"id":1}>', '<{"id":2}>']);
    await talk.end();
    expect(await talk.ended).toMatchObject({ kind: 'exited', output: 'oh\noh\n' });
  });

  it('leaves a reader who is slow all that was said before the end', async () => {
    const talk = await startTalking('i=0; while [ $i -lt 100 ]; do i=$((i+1)); printf "%0999d\n" $i; done');
    const heard: number[] = [];
    for await (const line of talk.lines) {
      heard.push(Number(line));
      if (heard.length === 1) {
        // Longer than an output may be silent.
        await delay(700);
      }
    }
    expect([heard.length, heard.at(-1)]).toEqual([100, 100]);
    expect(await talk.ended).toMatchObject({ kind: 'exited', code: 0 });
  });

  it('tells the exit code of a process that is talked to, and ends its lines', async () => {
    const talk = await startTalking('echo one; echo two; exit 3');
    expect(await collect(talk.lines)).toEqual(['one', 'two']);
    expect(await talk.ended).toMatchObject({ kind: 'exited', code: 3 });
    talk.send('to nobody');
    await talk.end();
  });

  it.each([
    'sleep MARK',
    'set -m; sleep MARK & sleep MARK',
    "trap '' TERM HUP; setsid sleep MARK & sleep MARK",
  ])('ends all that a process which is talked to has started: %s', async (script) => {
    const marker = `6${Math.floor(performance.now() * 1000)}`;
    const talk = await startTalking(script.replaceAll('MARK', marker));
    await until(() => findProcesses(`sleep ${marker}`).length > 0);
    await talk.end();
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
    await talk.end();
  });

  it('ends a process that is talked to at the time limit', async () => {
    let lines: readonly string[] = [];
    for (const timeoutMs of EVER_LONGER_MS) {
      const talk = await startTalking('echo begun; sleep 100', { timeoutMs });
      lines = await collect(talk.lines);
      expect(await talk.ended).toMatchObject({ kind: 'timed-out' });
      if (lines.length > 0) {
        break;
      }
    }
    expect(lines).toEqual(['begun']);
  });

  it('ends a process that is talked to when the signal fires', async () => {
    const marker = `4${Math.floor(performance.now() * 1000)}`;
    const abort = new AbortController();
    const talk = await sandbox.start(toCommand(`sleep ${marker}`), abort.signal);
    await until(() => findProcesses(`sleep ${marker}`).length > 0);
    abort.abort();
    await talk.ended;
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
    await expect(sandbox.start(toCommand('true'), abort.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('says why a process that is talked to could not be started', async () => {
    const talk = await startTalking('true', { environment: { LD_PRELOAD: 'x' } });
    expect(await collect(talk.lines)).toEqual([]);
    expect(await talk.ended).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('LD_') });
    const nowhere = { tree: { path: `${tree}-missing`, access: 'read' } } as const;
    expect((await (await startTalking('true', nowhere)).ended).kind).not.toBe('timed-out');
  });

  it('keeps endless errors and endless lines within bounds', async () => {
    const talk = await startTalking(
      'head -c 9000000 /dev/zero | tr "\\0" x; echo; echo after; head -c 9000000 /dev/zero >&2',
    );
    expect(await collect(talk.lines)).toEqual(['after']);
    const end = await talk.ended;
    expect(end.kind === 'exited' && end.output.length).toBeLessThan(70_000);
  });
});
