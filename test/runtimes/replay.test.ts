import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/ports/sandbox.ts';
import type { Tree } from '../../src/ports/workspace.ts';
import { createReplay } from '../../src/runtimes/replay.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { createOpenSandbox } from '../../src/sandbox/create-open-sandbox.ts';
import { OVER_LIMIT } from '../support/evidence.ts';
import { aBrief, aPlace, openExample, RECORDING, SILENT } from '../support/examples.ts';

const NEVER = new AbortController().signal;
const OPEN = createOpenSandbox();
const BUBBLEWRAP = createBubblewrapSandbox({ log: SILENT });

let tree: Tree;
let directory: string;

beforeEach(async () => {
  tree = await openExample();
  directory = await mkdtemp(join(tmpdir(), 'baton-recording-'));
});

afterEach(async () => {
  await tree.close();
  await rm(directory, { recursive: true, force: true });
});

function play(from: string, changes: Parameters<typeof aBrief>[0] = {}, sandbox: Sandbox = OPEN) {
  return createReplay({ directory: from, delays: 'skipped' }).run(
    aBrief(changes),
    aPlace({ tree, sandbox }),
    NEVER,
  );
}

async function record(name: string, content: unknown): Promise<void> {
  await writeFile(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('src/runtimes/replay.ts', () => {
  test.each([OPEN, BUBBLEWRAP])(
    'gives the recorded report and applies the recorded patch, in the sandbox $kind',
    async (sandbox) => {
      const answer = await play(RECORDING, {}, sandbox);
      expect(answer).toMatchObject({
        kind: 'answered',
        report: { kind: 'work', summary: expect.stringContaining('one page') },
        usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
      });
      expect(await readFile(join(tree.path, 'src/page.ts'), 'utf8')).toContain('export function parsePage');
    },
  );

  test('applies the patch to the tree, not to a repository around it', async () => {
    const outer = await mkdtemp(join(tmpdir(), 'baton-outer-'));
    try {
      await promisify(execFile)('git', ['init', '-q', outer]);
      await promisify(execFile)('cp', ['-r', tree.path, join(outer, 'tree')]);
      const inner = { ...tree, path: join(outer, 'tree') };
      await createReplay({ directory: RECORDING, delays: 'skipped' }).run(
        aBrief(),
        aPlace({ tree: inner, sandbox: OPEN }),
        NEVER,
      );
      expect(await readFile(join(inner.path, 'src/page.ts'), 'utf8')).toContain('parsePage');
    } finally {
      await rm(outer, { recursive: true, force: true });
    }
  });

  test('writes nothing for a step that may only read', async () => {
    expect((await play(RECORDING, { access: 'read' })).kind).toBe('answered');
    await expect(readFile(join(tree.path, 'src/page.ts'))).rejects.toThrow('ENOENT');
  });

  test('does not let a patch leave the tree', async () => {
    await record('implementation.1.json', { patch: 'out.patch', report: {} });
    await record('out.patch', '--- /dev/null\n+++ b/../escaped.txt\n@@ -0,0 +1 @@\n+out\n');
    expect(await play(directory)).toMatchObject({ kind: 'failed', reason: 'crash' });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['no recording', {}, 'implementation.1.json'],
    ['a recording that is not JSON', { 'implementation.1.json': '{' }, 'implementation.1.json'],
    ['an unknown field', { 'implementation.1.json': { report: {}, reports: 1 } }, 'reports'],
    ['a patch elsewhere', { 'implementation.1.json': { report: {}, patch: '../a.patch' } }, 'same directory'],
    ['no patch', { 'implementation.1.json': { report: {}, patch: 'a.patch' } }, 'a.patch'],
  ])('says what is missing on %s', async (_, files, named) => {
    await Promise.all(Object.entries(files).map(([name, content]) => record(name, content)));
    expect(await play(directory)).toMatchObject({
      kind: 'failed',
      reason: 'no-report',
      message: expect.stringContaining(named),
      retriable: false,
    });
  });

  test('says that a patch does not fit', async () => {
    await record('implementation.1.json', { patch: 'a.patch', report: {} });
    await record('a.patch', '--- a/src/order.ts\n+++ b/src/order.ts\n@@ -1 +1 @@\n-not there\n+new\n');
    expect(await play(directory)).toMatchObject({
      kind: 'failed',
      reason: 'crash',
      message: expect.stringMatching(/^[\w.-]+\.patch does not fit/),
    });
  });

  test.each([
    [{ kind: 'unavailable', reason: 'no bwrap', remedy: 'install it' } as const, 'sandbox'],
    [{ kind: 'timed-out', output: '', durationMs: 1 } as const, 'time-limit'],
    [OVER_LIMIT, 'sandbox'],
  ])('passes on what kept the sandbox from working: %j', async (result, reason) => {
    const sandbox = { ...OPEN, run: () => Promise.resolve(result) };
    expect(await play(RECORDING, {}, sandbox)).toMatchObject({ kind: 'failed', reason });
  });

  test('waits for a file, and no longer than the step may last', async () => {
    await record('implementation.1.json', { until: 'released', report: {} });
    const replay = createReplay({ directory });
    const place = aPlace({ tree, sandbox: OPEN });
    const late = await replay.run(aBrief({ timeoutMs: 100 }), place, NEVER);
    expect(late).toMatchObject({ kind: 'failed', reason: 'time-limit' });
    const running = replay.run(aBrief(), place, NEVER);
    await record('released', '');
    expect(await running).toMatchObject({ kind: 'answered' });
  });

  test('rejects at once when the signal fires, even in the middle of a delay', async () => {
    await record('implementation.1.json', { delayMs: 60_000, report: {} });
    const abort = new AbortController();
    const running = createReplay({ directory }).run(aBrief(), aPlace({ tree, sandbox: OPEN }), abort.signal);
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });
});
