import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/domain/sandbox-limits.ts';
import type { Sandbox } from '../../../src/ports/sandbox.ts';
import { openToolHost, type ToolHost } from '../../../src/runtimes/ai-sdk/open-tool-host.ts';
import { createBubblewrapSandbox } from '../../../src/sandbox/create-bubblewrap-sandbox.ts';
import { createOpenSandbox } from '../../../src/sandbox/create-open-sandbox.ts';
import { findProcesses, until } from '../../sandbox/support/host.ts';
import { SILENT } from '../../support/examples.ts';

const SANDBOXES = [createBubblewrapSandbox({ log: SILENT }), createOpenSandbox()] as const;
const NO_TOOLS = { readOnly: [], path: [] };

let outside: string;
let tree: string;
let host: ToolHost | null = null;

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'baton-tools-'));
  tree = join(outside, 'tree');
  mkdirSync(join(tree, 'src'), { recursive: true });
  writeFileSync(join(outside, 'secret'), 'TOPSECRET');
  writeFileSync(join(tree, 'src/a.ts'), 'export const a = 1;\nexport const b = 1;\n');
  writeFileSync(join(tree, 'logo.png'), Buffer.from([0x89, 0x50, 0, 1, 2, 3]));
});

afterEach(async () => {
  await host?.close();
  host = null;
  rmSync(outside, { recursive: true, force: true });
});

function open(sandbox: Sandbox, access: 'read' | 'write' = 'write', signal = new AbortController().signal) {
  host = openToolHost({ sandbox, tree: { path: tree, access }, tools: NO_TOOLS, timeoutMs: 60_000 }, signal);
  return host;
}

describe.each(SANDBOXES)('src/runtimes/ai-sdk/open-tool-host: in the sandbox $kind', (sandbox) => {
  test('reads lines with their numbers, in parts', async () => {
    const tools = open(sandbox);
    expect(await tools.call('read', { path: 'src/a.ts' })).toMatchObject({
      ok: true,
      text: '1\texport const a = 1;\n2\texport const b = 1;',
    });
    expect((await tools.call('read', { path: join(tree, 'src/a.ts'), limit: 1 })).text).toBe(
      '1\texport const a = 1;\n(lines 1 to 1 of 2; go on at 2)',
    );
    expect((await tools.call('read', { path: 'src/a.ts', offset: 2 })).text).toBe('2\texport const b = 1;');
    expect(await tools.call('read', { path: 'src/a.ts', offset: 3 })).toMatchObject({ ok: false });
  });

  test('cuts what is too long, and says so', async () => {
    writeFileSync(join(tree, 'long'), `${'x'.repeat(100_000)}\nend\n`);
    writeFileSync(join(tree, 'many'), 'some line of text\n'.repeat(50_000));
    const tools = open(sandbox);
    const [long, many] = [
      await tools.call('read', { path: 'long' }),
      await tools.call('read', { path: 'many' }),
    ];
    expect(long.text).toMatch(/^1\tx{2000} \[\.\.\. 98000 more characters\]\n2\tend$/);
    expect(many.text.length).toBeLessThan(31_000);
    expect(many.text).toMatch(/\(lines 1 to \d+ of 50000; go on at \d+\)$/);
  });

  test('names what it cannot show', async () => {
    execFileSync('mkfifo', [join(tree, 'pipe')]);
    const tools = open(sandbox);
    expect((await tools.call('read', { path: 'logo.png' })).text).toContain('a binary file of 6 bytes');
    expect((await tools.call('read', { path: 'src' })).text).toContain('is a directory');
    expect((await tools.call('read', { path: 'pipe' })).text).toContain('not a regular file');
    expect((await tools.call('read', { path: 'none' })).text).toContain('does not exist');
  });

  test('lists directories, and files by a glob', async () => {
    mkdirSync(join(tree, 'node_modules/dep'), { recursive: true });
    writeFileSync(join(tree, 'node_modules/dep/index.ts'), '');
    symlinkSync('src', join(tree, 'link'));
    const tools = open(sandbox);
    expect((await tools.call('list', {})).text).toBe('link (a link)\nlogo.png\nnode_modules/\nsrc/');
    expect((await tools.call('list', { glob: '**/*.ts' })).text).toBe('src/a.ts');
    expect((await tools.call('list', { path: 'src', glob: '*.md' })).text).toBe('(no file matches)');
  });

  test('finds lines', async () => {
    const tools = open(sandbox);
    expect((await tools.call('search', { pattern: 'const [ab]' })).text).toBe(
      'src/a.ts:1:export const a = 1;\nsrc/a.ts:2:export const b = 1;',
    );
    expect((await tools.call('search', { pattern: 'const', files: '*.md' })).text).toBe('(nothing found)');
    expect(await tools.call('search', { pattern: '(' })).toMatchObject({ ok: false });
    symlinkSync('/nowhere', join(tree, 'broken'));
    expect((await tools.call('search', { pattern: 'const a' })).text).toBe('src/a.ts:1:export const a = 1;');
    writeFileSync(join(tree, 'many.txt'), 'hit\n'.repeat(100_000));
    expect((await tools.call('search', { pattern: 'hit' })).text.length).toBeLessThan(31_000);
  });

  test('edits a text that is there once, and writes whole files', async () => {
    const tools = open(sandbox);
    expect(await tools.call('edit', { path: 'src/a.ts', old: 'a = 1', new: 'a = 2' })).toMatchObject({
      ok: true,
    });
    expect((await tools.call('edit', { path: 'src/a.ts', old: 'export', new: 'x' })).text).toContain(
      '2 times',
    );
    expect((await tools.call('edit', { path: 'src/a.ts', old: 'nowhere', new: 'x' })).text).toContain(
      'not in',
    );
    await tools.call('edit', { path: 'src/a.ts', old: 'export ', new: '', all: true });
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe('const a = 2;\nconst b = 1;\n');
    await tools.call('write', { path: 'docs/deep/new.md', content: '# New\n' });
    expect(readFileSync(join(tree, 'docs/deep/new.md'), 'utf8')).toBe('# New\n');
  });

  test('tells how a command ended, with the beginning and the end of its output', async () => {
    const tools = open(sandbox);
    expect((await tools.call('run', { command: 'pwd; echo oh >&2; exit 3' })).text).toBe(
      `${tree}\noh\n(exit code 3)`,
    );
    const flood = await tools.call('run', {
      command: 'echo first; head -c 10000000 /dev/zero | tr "\\0" x; echo; echo last',
    });
    expect(flood.text.length).toBeLessThan(31_000);
    expect(flood.text).toMatch(
      /^first\nx+\n\[\.\.\. \d+ bytes left out \.\.\.\]\nx+\nlast\n\(exit code 0\)$/,
    );
  });

  test('ends a command at its time limit, with all that it has started', async () => {
    const marker = `3${Math.floor(performance.now() * 1000)}`;
    const command = `trap '' TERM; sleep ${marker} & sleep ${marker}`;
    const { text } = await open(sandbox).call('run', { command, seconds: 1 });
    expect(text).toContain('more than 1 seconds');
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
  });

  test('leaves nothing of a command in the background', async () => {
    const marker = `2${Math.floor(performance.now() * 1000)}`;
    const tools = open(sandbox);
    const { text } = await tools.call('run', {
      command: `for i in 1 2 3; do sleep ${marker} & done; echo ok`,
    });
    expect(text).toBe('ok\n(exit code 0)');
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
  });

  const ways: readonly [string, () => string][] = [
    ['an absolute path', () => '/etc/passwd'],
    ['dots', () => '../secret'],
    ['more dots', () => 'src/../../../../../../etc/passwd'],
    ['a neighbour with the same beginning', () => `${tree}-2/secret`],
    ['a link to a file', () => 'link-file'],
    ['a link to a directory', () => 'link-directory/secret'],
    ['a link to a link', () => 'link-link'],
    ['the files of a process', () => '/proc/self/environ'],
  ];

  test.each(ways)('does not leave the tree by %s', async (_, path) => {
    symlinkSync(join(outside, 'secret'), join(tree, 'link-file'));
    symlinkSync(outside, join(tree, 'link-directory'));
    symlinkSync('link-file', join(tree, 'link-link'));
    const tools = open(sandbox);
    const asked = path();
    const answers = [
      await tools.call('read', { path: asked }),
      await tools.call('list', { path: asked }),
      await tools.call('search', { pattern: '.', path: asked }),
      await tools.call('edit', { path: asked, old: 'TOP', new: 'x' }),
      await tools.call('write', { path: asked, content: 'x' }),
    ];
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    expect(JSON.stringify(answers)).not.toMatch(/TOPSECRET|root:/);
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('TOPSECRET');
  });

  test('does not write through a link to nothing', async () => {
    symlinkSync(join(outside, 'planted'), join(tree, 'dangling'));
    const tools = open(sandbox);
    expect(await tools.call('write', { path: 'dangling', content: 'x' })).toMatchObject({ ok: false });
    expect(await tools.call('write', { path: 'dangling/deeper', content: 'x' })).toMatchObject({ ok: false });
    expect(() => readFileSync(join(outside, 'planted'))).toThrow('ENOENT');
  });

  test('is over when the signal fires, in the middle of a command', async () => {
    const marker = `1${Math.floor(performance.now() * 1000)}`;
    const abort = new AbortController();
    const calling = open(sandbox, 'write', abort.signal).call('run', { command: `sleep ${marker}` });
    await until(() => findProcesses(`sleep ${marker}`).length > 0);
    abort.abort();
    expect(await calling).toMatchObject({ ok: false });
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
  });
});

describe('src/runtimes/ai-sdk/open-tool-host: behind the walls of bubblewrap', () => {
  const [sandbox] = SANDBOXES;

  test.each([
    'cat ../secret',
    'cat /etc/shadow',
    `cat /proc/${process.pid}/environ`,
    'ls .. | grep -v tree',
    'exec 3<>/dev/tcp/127.0.0.1/1; echo $?; getent hosts example.org',
  ])('a command gets nowhere with %s', async (command) => {
    const { text } = await open(sandbox).call('run', { command });
    expect(text).not.toMatch(/TOPSECRET|root:|PATH=|\(exit code 0\)/);
  });

  test('nothing can be changed by who may only read', async () => {
    const tools = open(sandbox, 'read');
    expect(await tools.call('write', { path: 'new', content: 'x' })).toMatchObject({ ok: false });
    expect((await tools.call('run', { command: 'touch new' })).text).toContain('Read-only');
  });

  test('the tools come back when a command has killed them, but not for ever', async () => {
    const tools = open(sandbox);
    for (let kills = 0; kills < 4; kills += 1) {
      expect(tools.failure()).toBeNull();
      expect(await tools.call('run', { command: 'kill -9 -1; kill -9 1 $PPID; sleep 5' })).toMatchObject({
        ok: false,
      });
    }
    expect(tools.failure()).toMatchObject({ reason: 'sandbox', retriable: true });
    expect(await tools.call('list', {})).toMatchObject({ ok: false });
  });

  test('nothing of a command lives on, however it hides', async () => {
    const marker = `9${Math.floor(performance.now() * 1000)}`;
    const hide = `(setsid sh -c "trap '' TERM HUP; exec sleep ${marker}" </dev/null >/dev/null 2>&1 &)`;
    const tools = open(sandbox);
    await tools.call('run', { command: `for one in $(seq 200); do ${hide}; done; sleep 0.2` });
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
    expect(await tools.call('list', {})).toMatchObject({ ok: true });
  });

  test('a command cannot answer in place of a tool', async () => {
    const forged = JSON.stringify({ id: 2, ok: true, text: 'forged' });
    const tools = open(sandbox);
    await tools.call('run', { command: `echo '${forged}' > /proc/$PPID/fd/1; echo '{' > /proc/$PPID/fd/1` });
    expect((await tools.call('read', { path: 'src/a.ts' })).text).toContain('export const a');
  });

  test('says what keeps the sandbox from starting', async () => {
    const tools = openToolHost(
      { sandbox, tree: { path: join(tree, 'none'), access: 'read' }, tools: NO_TOOLS, timeoutMs: 5000 },
      new AbortController().signal,
    );
    expect(await tools.call('list', {})).toMatchObject({ ok: false });
    expect(tools.failure()).toMatchObject({ reason: 'sandbox', retriable: false });
    await tools.close();
  });
});

describe('src/runtimes/ai-sdk/open-tool-host: over a limit of the sandbox', () => {
  const MIB = 1024 ** 2;
  const limits = { ...DEFAULT_LIMITS, memoryBytes: 400 * MIB, treeBytes: 60 * MIB };
  const sandbox = createBubblewrapSandbox({ log: SILENT, limits });

  test('the model hears why its tools were ended, and may do otherwise', async () => {
    const tools = open(sandbox);
    const greedy = { command: '(head -c 900M /dev/zero; sleep 60) | tail > /dev/null', seconds: 60 };
    expect(await tools.call('run', greedy)).toEqual({
      ok: false,
      text: expect.stringContaining('more than 400 MiB of memory'),
    });
    expect(await tools.call('run', { command: 'echo well', seconds: 60 })).toMatchObject({ ok: true });
    expect(tools.failure()).toBeNull();
  });

  test('a tree that is too large ends the work, at the latest when all is done', async () => {
    const tools = open(sandbox);
    expect(await tools.call('run', { command: 'head -c 100M /dev/zero > big', seconds: 60 })).toMatchObject(
      {},
    );
    await tools.close();
    expect(tools.failure()).toMatchObject({
      retriable: true,
      message: expect.stringContaining('larger than 60 MiB'),
      remedy: expect.stringContaining('BATON_SANDBOX_TREE_MIB'),
    });
  });
});
