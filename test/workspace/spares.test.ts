import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tree } from '../../src/ports/workspace.ts';
import { type Content, type GitRemote, startGitRemote, toRepository, write } from './support/git-remote.ts';
import { readFiles } from './support/read-files.ts';
import { type StartedWorkspace, startWorkspace, toSeal } from './support/start-workspace.ts';
import { findSpares, readSpares, type SpareWatch, watchSpares } from './support/watch-spares.ts';

const app = toRepository('app');

/** Files that become something else between two commits. */
const CHANGES: Record<string, Record<string, Content | null>> = {
  plain: { 'a.txt': 'one\n', 'dir/x': 'x\n', name: 'n\n', run: 'r\n', 'deep/er/y': 'y\n' },
  'modes and links': { 'a.txt': { link: 'dir/x' }, run: { program: 'r\n' }, name: 'm\n' },
  'files and directories': {
    'a.txt': null,
    'a.txt/b': 'b\n',
    'dir/x': null,
    dir: 'file\n',
    'deep/er/y': null,
  },
  'case, and a submodule': {
    name: null,
    Name: 'N\n',
    NAME: 'NN\n',
    module: { gitlink: '1234567890123456789012345678901234567890' },
    'deep/er/y': null,
    deep: { link: 'dir' },
  },
  'attributes and filters': {
    '.gitattributes': '* text eol=crlf ident filter=x working-tree-encoding=UTF-16\n',
    'a.txt': '$Id$\r\nline\n',
    'module/file': 'm\n',
  },
};

describe('src/workspace/spares', () => {
  let remote: GitRemote;
  let watch: SpareWatch;
  let started: StartedWorkspace;
  let base: string;

  beforeEach(async () => {
    remote = await startGitRemote();
    remote.create('app');
    base = remote.commit('app', 'main', { 'a.txt': 'one\ntwo\n', 'src/b.ts': 'export {};\n' });
    watch = watchSpares();
    started = startWorkspace(remote, { log: watch.log });
  });

  afterEach(async () => {
    await started.stop();
    await remote.close();
  });

  function open(commit = base): Promise<Tree> {
    return started.workspace.openTree(app, commit, 'implement');
  }

  /** Opens a tree, so that a spare is wanted, and waits for it. */
  async function openAndWait(commit = base): Promise<Tree> {
    const tree = await open(commit);
    await watch.until(commit);
    return tree;
  }

  function inode(tree: Tree): number {
    return statSync(tree.path).ino;
  }

  it('makes a tree of the spare, and another spare', async () => {
    await openAndWait();
    const [spare] = readSpares(started.home);
    const tree = await openAndWait();
    expect(inode(tree)).toBe(spare);
    expect(tree.path).toMatch(/\/trees\/1-implement-[0-9a-f]{8}$/);
    expect(readFiles(tree.path)).toEqual({
      'a.txt': '644 one\ntwo\n',
      src: 'directory',
      'src/b.ts': '644 export {};\n',
    });
    expect(readSpares(started.home)).toHaveLength(1);
    expect(readSpares(started.home)).not.toContain(spare);
    expect(watch.warnings).toEqual([]);
  });

  it('gives exactly the files of any commit, whichever the spare was made for', async () => {
    const commits = Object.entries(CHANGES).map(([name, files]) => commitOnly(name, files));
    const wanted = new Map<string, Record<string, string>>();
    for (const commit of commits) {
      const reference = startWorkspace(remote);
      wanted.set(commit, readFiles((await reference.workspace.openTree(app, commit, 'reference')).path));
      await reference.stop();
    }
    for (const from of commits) {
      for (const to of commits) {
        await openAndWait(from);
        const [spare] = readSpares(started.home);
        const tree = await open(to);
        expect(inode(tree)).toBe(spare);
        expect(readFiles(tree.path)).toEqual(wanted.get(to));
        expect(await started.workspace.seal(tree, toSeal())).toEqual({ kind: 'unchanged' });
        await watch.until(to);
      }
    }
    expect(new Set([...wanted.values()].map((files) => JSON.stringify(files))).size).toBe(commits.length);
    expect(watch.warnings).toEqual([]);
  });

  /** A commit on a branch of its own, on top of the plain one. */
  function commitOnly(name: string, files: Record<string, Content | null>): string {
    const branch = name.replaceAll(/\W+/g, '-');
    remote.commit('app', branch, { ...CHANGES['plain'] });
    return remote.commit('app', branch, files);
  }

  it('never makes a spare of a tree that was handed out', async () => {
    const trees: Tree[] = [];
    for (let count = 0; count < 5; count += 1) {
      const tree = await openAndWait();
      expect(readdirSync(tree.path).toSorted()).toEqual(['a.txt', 'src']);
      write(tree.path, 'planted', 'x');
      trees.push(tree);
      // While its directory exists, no other has its number.
      expect(trees.map(inode).filter((one) => readSpares(started.home).includes(one))).toEqual([]);
    }
    await Promise.all(trees.map((tree) => tree.close()));
    expect(readdirSync((await open()).path)).not.toContain('planted');
  });

  it('gives a spare to one caller only, and has one for each of four after four were wanted', async () => {
    await openAndWait();
    const [only] = readSpares(started.home);
    const first = await Promise.all([open(), open(), open(), open()]);
    expect(first.filter((tree) => inode(tree) === only)).toHaveLength(1);
    await watch.until(base);
    const spares = readSpares(started.home);
    expect(spares).toHaveLength(4);
    const second = await Promise.all([open(), open(), open(), open()]);
    expect(new Set(second.map(inode))).toEqual(new Set(spares));
    for (const tree of [...first, ...second]) {
      expect(readdirSync(tree.path).toSorted()).toEqual(['a.txt', 'src']);
    }
  });

  it('prepares no more than four, however many are asked for', async () => {
    await Promise.all(Array.from({ length: 8 }, () => open()));
    await watch.until(base);
    expect(readSpares(started.home)).toHaveLength(4);
  });

  it('keeps spares of three repositories', async () => {
    for (const id of [1, 2, 3, 4]) {
      const name = `app${id}`;
      remote.create(name);
      const commit = remote.commit(name, 'main', { [name]: name });
      await started.workspace.openTree(toRepository(name, id), commit, 'implement');
      await watch.until(commit);
    }
    const names = readdirSync(findSpares(started.home)).map((name) => name.slice(0, 1));
    expect(names.toSorted()).toEqual(['2', '3', '4']);
  });

  it('brings the spare to a commit that was sealed', async () => {
    const tree = await openAndWait();
    const [spare] = readSpares(started.home);
    write(tree.path, 'a.txt', 'changed\n');
    const sealed = await started.workspace.seal(tree, toSeal());
    const commit = sealed.kind === 'sealed' ? sealed.commit : '';
    await watch.until(commit);
    const gate = await open(commit);
    expect(inode(gate)).toBe(spare);
    expect(readFileSync(join(gate.path, 'a.txt'), 'utf8')).toBe('changed\n');
  });

  it('notices a change of the same size with the old times, at once', async () => {
    await openAndWait();
    const tree = await open();
    execFileSync(
      'sh',
      ['-c', 'touch -r a.txt stamp; printf "eno\\ntwo\\n" > a.txt; touch -r stamp a.txt; rm stamp'],
      { cwd: tree.path },
    );
    expect((await started.workspace.seal(tree, toSeal())).kind).toBe('sealed');
  });

  it('hands out an index that is not younger than the clock', async () => {
    await openAndWait();
    const indexes = join(findSpares(started.home), '..', 'indexes');
    const [name = ''] = readdirSync(findSpares(started.home));
    await open();
    expect(statSync(join(indexes, name)).mtimeMs).toBeLessThan(Date.now() + 1);
  });

  const faults: [string, boolean, (spare: string, index: string) => void][] = [
    ['has lost a file', true, (spare) => rmSync(join(spare, 'a.txt'))],
    ['has a changed file', true, (spare) => writeFileSync(join(spare, 'a.txt'), 'x')],
    [
      'has a file of another kind',
      true,
      (spare) => (rmSync(join(spare, 'a.txt')), execFileSync('mkfifo', [join(spare, 'a.txt')])),
    ],
    ['is gone', true, (spare) => rmSync(spare, { recursive: true })],
    ['has a broken index', false, (_, index) => writeFileSync(index, 'rubbish')],
    ['has no index', true, (_, index) => rmSync(index)],
    ['has a stale lock', false, (_, index) => writeFileSync(`${index}.lock`, '')],
  ];

  it.each(faults)('gives the right files when the spare %s', async (_, healed, damage) => {
    await openAndWait();
    const spares = findSpares(started.home);
    const [name = ''] = readdirSync(spares);
    const spare = join(spares, name);
    damage(spare, join(spares, '..', 'indexes', name));
    const tree = await open();
    expect(readFiles(tree.path)).toEqual({
      'a.txt': '644 one\ntwo\n',
      src: 'directory',
      'src/b.ts': '644 export {};\n',
    });
    expect(await started.workspace.seal(tree, toSeal())).toEqual({ kind: 'unchanged' });
    expect(watch.warnings).toEqual(healed ? [] : ['a spare was of no use']);
    expect(existsSync(spare)).toBe(false);
  });

  it('opens trees although no spare can be prepared', async () => {
    await started.workspace.readBase(app);
    const spares = findSpares(started.home);
    rmSync(spares, { recursive: true });
    writeFileSync(spares, '');
    const tree = await open();
    await watch.untilGivenUp();
    expect(readdirSync((await open()).path)).toEqual(readdirSync(tree.path));
  });

  it('is removed when the workspace closes, also one that is being prepared', async () => {
    const processes = join(started.home, 'processes');
    await openAndWait();
    await Promise.all([open(), open(), open()]);
    expect(readdirSync(processes)).toHaveLength(1);
    await started.workspace.close();
    expect(readdirSync(processes)).toEqual([]);
    expect(watch.warnings).toEqual([]);
  });

  it('is removed after its process was killed', async () => {
    const home = mkdtempSync(join(tmpdir(), 'baton-home-'));
    const script = new URL('support/leave-spare.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, home, remote.url, remote.token, base], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const left = findSpares(home);
    expect(readdirSync(left)).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(existsSync(left)).toBe(true);
    const next = startWorkspace(remote, { home });
    await next.workspace.readBase(app);
    expect(existsSync(left)).toBe(false);
    await next.stop();
  });
});
