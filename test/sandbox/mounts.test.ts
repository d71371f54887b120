import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandResult } from '../../src/domain/evidence.ts';
import type { SandboxedCommand } from '../../src/ports/sandbox.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { createOpenSandbox } from '../../src/sandbox/create-open-sandbox.ts';
import { requireBubblewrap, silentLog } from './support/host.ts';

describe('sandbox: mounts', () => {
  const sandbox = createBubblewrapSandbox({ log: silentLog });
  let root: string;
  let tree: string;
  let layer: string;

  beforeAll(requireBubblewrap);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'baton-mounts-'));
    tree = join(root, 'tree');
    layer = join(root, 'layer');
    mkdirSync(tree);
    mkdirSync(join(layer, '.cache'), { recursive: true });
    writeFileSync(join(layer, 'installed'), 'content');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function run(script: string, changes: Partial<SandboxedCommand> = {}): Promise<CommandResult> {
    const command: SandboxedCommand = {
      argv: ['sh', '-c', script],
      tree: { path: tree, access: 'write' },
      mounts: [{ source: layer, at: 'node_modules', access: 'read', scratch: ['.cache'] }],
      timeoutMs: 60_000,
      ...changes,
    };
    return sandbox.run(command, new AbortController().signal);
  }

  it.each(['read', 'write'] as const)('lies over a tree to %s, and hides what is there', async (access) => {
    mkdirSync(join(tree, 'node_modules'));
    writeFileSync(join(tree, 'node_modules/planted'), '');
    const result = await run('ls -A node_modules && cat node_modules/installed', {
      tree: { path: tree, access },
    });
    expect(result).toMatchObject({ code: 0, output: '.cache\ninstalled\ncontent' });
  });

  it('is written to in scratch directories only, and nothing of that stays', async () => {
    const write = 'echo a > node_modules/.cache/a && cat node_modules/.cache/a; touch node_modules/b';
    expect(await run(write)).toMatchObject({ code: 1, output: expect.stringMatching(/^a\n.*Read-only/) });
    for (const attempt of ['rm node_modules/installed', 'mv node_modules away', 'rm -r node_modules']) {
      expect(await run(`${attempt} 2> /dev/null || echo held`)).toMatchObject({ output: 'held\n' });
    }
    expect(readdirSync(layer)).toEqual(['.cache', 'installed']);
    expect(readdirSync(join(layer, '.cache'))).toEqual([]);
    expect(readdirSync(join(tree, 'node_modules'))).toEqual([]);
  });

  it('lies in the home, where its programs are found, and can be filled there', async () => {
    const at = '~/.venv';
    await run('echo "echo from home" > ~/.venv/program && chmod +x ~/.venv/program', {
      mounts: [{ source: layer, at, access: 'write' }],
    });
    const result = await run('program', {
      mounts: [{ source: layer, at, access: 'read' }],
      path: ['~/.venv'],
    });
    expect(result).toMatchObject({ code: 0, output: 'from home\n' });
  });

  it.each([
    ['a link', () => symlinkSync('/etc', join(tree, 'node_modules'))],
    ['a file', () => writeFileSync(join(tree, 'node_modules'), '')],
  ])('is not laid over %s', async (_, plant) => {
    plant();
    expect(await run('true')).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('something else than a directory at node_modules'),
      remedy: expect.stringContaining('Remove it'),
    });
  });

  it('follows no link on its way', async () => {
    symlinkSync(root, join(tree, 'packages'));
    const mounts = [{ source: layer, at: 'packages/a', access: 'read' }] as const;
    expect(await run('true', { mounts })).toMatchObject({ kind: 'unavailable' });
    expect(readdirSync(root)).toEqual(['layer', 'tree']);
  });

  it('hides what is not to be seen, also behind a link, and leaves what is not there', async () => {
    mkdirSync(join(tree, '.agent'));
    writeFileSync(join(tree, '.agent/plugin'), 'x');
    writeFileSync(join(tree, 'agent.json'), 'x');
    symlinkSync('agent.json', join(tree, 'linked.json'));
    symlinkSync('/etc', join(tree, 'outside'));
    mkdirSync(join(tree, 'src/.deep'), { recursive: true });
    writeFileSync(join(tree, 'src/.deep/NOTES.md'), 'plugin');
    const hidden = ['.agent', 'linked.json', 'outside', 'missing', '**/NOTES.md'];
    const seen =
      'ls -A .agent; cat agent.json src/.deep/NOTES.md; ls missing; echo y > .agent/new; echo y > agent.json; ls outside';
    const result = await run(seen, { mounts: [], hidden });
    expect(result).toMatchObject({ output: expect.stringMatching(/missing.*Read-only.*Read-only.*passwd/s) });
    expect(result).toMatchObject({ output: expect.not.stringContaining('plugin') });
    expect(readdirSync(tree)).toEqual(['.agent', 'agent.json', 'linked.json', 'outside', 'src']);
    expect(readdirSync(join(tree, '.agent'))).toEqual(['plugin']);
  });

  it('lets vitest and tsc work with packages that nobody can write to', async () => {
    const source = join(process.cwd(), 'node_modules');
    const scratch = ['.vite', '.vite-temp'];
    for (const name of scratch) {
      mkdirSync(join(source, name), { recursive: true });
    }
    writeFileSync(join(tree, 'vitest.config.ts'), 'export default { test: { include: ["*.test.ts"] } };');
    writeFileSync(
      join(tree, 'a.test.ts'),
      'import { expect, it } from "vitest"; it("adds", () => { const n: number = 2; expect(1 + 1).toBe(n); });',
    );
    const tsc = 'node node_modules/typescript7/bin/tsc --noEmit --skipLibCheck --module nodenext a.test.ts';
    const result = await run(`vitest run && ${tsc}; echo $?; touch node_modules/planted`, {
      mounts: [{ source, at: 'node_modules', access: 'read', scratch }],
      path: [join(tree, 'node_modules/.bin')],
      // Only ends what hangs: they start two compilers.
      timeoutMs: 240_000,
    });
    expect(result).toMatchObject({ output: expect.stringMatching(/1 passed.*\n0\n.*Read-only/s) });
  });

  it('is refused where there is no sandbox', async () => {
    const command: SandboxedCommand = {
      argv: ['true'],
      tree: { path: tree, access: 'write' },
      mounts: [{ source: layer, at: 'node_modules', access: 'read' }],
      timeoutMs: 60_000,
    };
    expect(await createOpenSandbox().run(command, new AbortController().signal)).toMatchObject({
      kind: 'unavailable',
    });
  });
});
