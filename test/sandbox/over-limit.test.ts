import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandResult } from '../../src/domain/evidence.ts';
import { DEFAULT_LIMITS, type SandboxLimits } from '../../src/domain/sandbox-limits.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { collect, findProcesses, requireBubblewrap, silentLog } from './support/host.ts';

const MIB = 1024 ** 2;
const NEVER = new AbortController().signal;
/** More than this the bombs never make, whatever happens to them. */
const WHOLE_BOMB = 6000;
/** Seconds that no other process on the machine sleeps. */
const NAP = `100.${process.pid}`;

/** Without control groups: what is proven here is the watch. */
describe('src/sandbox over a limit', () => {
  let root: string;
  let tree: string;
  beforeAll(requireBubblewrap);
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'baton-limits-'));
  });
  beforeEach(() => {
    tree = join(root, String(performance.now()));
    mkdirSync(tree);
  });
  afterEach(() => {
    expect(findProcesses(tree)).toEqual([]);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function run(script: string, limits: Partial<SandboxLimits>): Promise<CommandResult> {
    const sandbox = createBubblewrapSandbox({ log: silentLog, limits: { ...DEFAULT_LIMITS, ...limits } });
    return sandbox.run(
      { argv: ['bash', '-c', script, tree], tree: { path: tree, access: 'write' }, timeoutMs: 60_000 },
      NEVER,
    );
  }

  it.each([
    ['that fork', `for i in $(seq ${WHOLE_BOMB}); do sleep ${NAP} & done; wait`],
    [
      'that fork from each other',
      `f() { if [ $1 -lt 12 ]; then f $(($1 + 1)) & f $(($1 + 1)) & fi; sleep ${NAP}; }; f 0`,
    ],
    [
      'that hide in sessions of their own',
      `for i in $(seq ${WHOLE_BOMB / 2}); do setsid --fork sleep ${NAP}; done; sleep ${NAP}`,
    ],
    [
      'that are threads',
      `node -e 'const { Worker } = require("node:worker_threads");
        for (let i = 0; i < 60; i += 1) new Worker("setInterval(() => 0, 1e6)", { eval: true })'`,
    ],
  ])('ends processes %s without end', async (_, script) => {
    const result = await run(script, { processes: 60 });
    if (process.getuid?.() === 0) {
      expect(result).toMatchObject({ kind: 'over-limit', limit: 'processes' });
      expect(result).toMatchObject({ reason: expect.stringContaining('more than 60 processes') });
    } else {
      // An ordinary user has a limit of the kernel, which is hit before anybody looks.
      expect(result).toMatchObject({ output: expect.stringMatching(/fork|Resource|unavailable|EAGAIN/) });
    }
    expect(findProcesses(`sleep ${NAP}`)).toEqual([]);
  });

  it('ends processes that take too much memory together, each of them little', async () => {
    const one = '(head -c 190M /dev/zero; sleep 100) | tail & ';
    const result = await run(`${one.repeat(4)} wait`, { memoryBytes: 600 * MIB });
    expect(result).toMatchObject({
      kind: 'over-limit',
      limit: 'memory',
      remedy: expect.stringContaining('BATON_SANDBOX_MEMORY_MIB'),
    });
  });

  it('does not count memory that processes share more than once', async () => {
    const script = `x=$(head -c 60M /dev/zero | tr '\\0' x)
      for i in $(seq 12); do (sleep 0.7; echo \${#x}) & done; wait; echo done`;
    expect(await run(script, { memoryBytes: 500 * MIB })).toMatchObject({
      kind: 'exited',
      output: expect.stringMatching(/(62914560\n){12}done/),
    });
  });

  it.each([
    ['one big file', 'head -c 400M /dev/zero > big; sleep 100', 'tree'],
    ['many files', 'for i in $(seq 400); do head -c 1M /dev/zero > $i; done; sleep 100', 'tree'],
    [
      'files deep down',
      'for i in $(seq 300); do mkdir -p dddddddddddddddddddd && cd dddddddddddddddddddd; done; head -c 400M /dev/zero > big; sleep 100',
      'tree',
    ],
    ['hardly anything into very many files', 'seq 30000 | xargs touch; sleep 100', 'files'],
  ])('ends a command that writes %s', async (_, script, limit) => {
    const result = await run(script, { treeBytes: 200 * MIB, treeFiles: 20_000 });
    expect(result).toMatchObject({ kind: 'over-limit', limit });
  });

  it('ends a command that hides what it writes in files which it has removed', async () => {
    const script =
      'for i in 1 2 3 4; do exec {file}> gone; rm gone; head -c 80M /dev/zero >&$file; done; sleep 100';
    expect(await run(script, { treeBytes: 200 * MIB })).toMatchObject({ kind: 'over-limit', limit: 'tree' });
  });

  it('is never a pass, also when the command was faster than any look', async () => {
    const result = await run('fallocate -l 300M big || head -c 300M /dev/zero > big', {
      treeBytes: 200 * MIB,
    });
    expect(result).toMatchObject({ kind: 'over-limit', limit: 'tree', output: '' });
  });

  it('is never a pass, also when others have freed as much as it has written', async () => {
    const others = join(root, 'others');
    writeFileSync(others, Buffer.alloc(300 * MIB));
    const limits = { ...DEFAULT_LIMITS, treeBytes: 200 * MIB };
    const sandbox = createBubblewrapSandbox({ log: silentLog, limits });
    const script = 'read -r; head -c 250M /dev/zero > big';
    const talk = await sandbox.start(
      { argv: ['bash', '-c', script, tree], tree: { path: tree, access: 'write' }, timeoutMs: 60_000 },
      NEVER,
    );
    rmSync(others);
    talk.send('go on');
    expect(await talk.ended).toMatchObject({ kind: 'over-limit', limit: 'tree' });
  });

  it('does not mind what is written and taken away again', async () => {
    const script = 'for i in 1 2 3; do head -c 150M /dev/zero > big; rm big; done; echo done';
    expect(await run(script, { treeBytes: 200 * MIB })).toMatchObject({ kind: 'exited', output: 'done\n' });
  });

  it('holds for a process that is talked to as well', async () => {
    const limits = { ...DEFAULT_LIMITS, treeBytes: 100 * MIB };
    const sandbox = createBubblewrapSandbox({ log: silentLog, limits });
    const script = 'echo begun; head -c 200M /dev/zero > big; sleep 100';
    const talk = await sandbox.start(
      { argv: ['bash', '-c', script, tree], tree: { path: tree, access: 'write' }, timeoutMs: 60_000 },
      NEVER,
    );
    expect(await collect(talk.lines)).toEqual(['begun']);
    expect(await talk.ended).toMatchObject({ kind: 'over-limit', limit: 'tree' });
  });

  it('gives the private directories the room that they may have', async () => {
    const result = await run(
      'head -c 20M /dev/zero > /tmp/x; head -c 20M /dev/zero > ~/x; wc -c /tmp/x ~/x',
      {
        tmpBytes: 10 * MIB,
      },
    );
    expect(result).toMatchObject({ output: expect.stringMatching(/10485760 \/tmp\/x\n10485760 \/home/) });
  });

  it('starts nothing on a volume that is nearly full', async () => {
    const result = await run('echo begun', { freeBytes: 1e15 });
    expect(result).toMatchObject({
      kind: 'unavailable',
      retriable: true,
      reason: expect.stringMatching(/only \d+ MiB are free .* and 953674316 must be/),
      remedy: expect.stringContaining('BATON_HOME'),
    });
  });

  it('bounds endless output, and ends at the time limit', async () => {
    const sandbox = createBubblewrapSandbox({ log: silentLog });
    const before = process.memoryUsage().rss;
    let output = '';
    // On a busy machine it may begin only within a later one.
    for (const timeoutMs of [1_000, 5_000, 30_000]) {
      const result = await sandbox.run(
        { argv: ['yes', 'y'.repeat(1000)], tree: { path: tree, access: 'write' }, timeoutMs },
        NEVER,
      );
      expect(result).toMatchObject({ kind: 'timed-out' });
      output = result.kind === 'timed-out' ? result.output : '';
      if (output.includes('bytes cut')) {
        break;
      }
    }
    expect(output).toContain('bytes cut');
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * MIB);
  });
});
