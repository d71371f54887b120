import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitRemote, startGitRemote, toRepository } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace } from './support/start-workspace.ts';

const app = toRepository('app');
const LONG = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');

describe('src/workspace/diff', () => {
  let remote: GitRemote;
  let started: StartedWorkspace;

  beforeEach(async () => {
    remote = await startGitRemote();
    remote.create('app');
    started = startWorkspace(remote);
  });

  afterEach(async () => {
    await started.stop();
    await remote.close();
  });

  const names = [
    'plain.txt',
    'with space.txt',
    'a\ttab',
    'a\nnewline\n+++ b/fake',
    'quote"and\\backslash',
    'ünïcode 漢字 🎉',
    '--output=x',
    '-',
    ':(glob)*',
    '*',
    'b/+++ b/x',
    ' leading and trailing ',
    '\u0001\u007f',
  ];

  it.each(names)('finds a file named %j', async (name) => {
    const base = remote.commit('app', 'main', { keep: 'x' });
    const head = remote.commit('app', 'main', { [name]: 'one\ntwo\n' });
    expect(await started.workspace.changedFiles(app, base, head)).toEqual([
      { path: name, status: 'added', mode: '100644', additions: 2, deletions: 0, binary: false },
    ]);
    expect(await started.workspace.addedLines(app, base, head)).toEqual([
      { path: name, line: 1, text: 'one' },
      { path: name, line: 2, text: 'two' },
    ]);
    expect(await started.workspace.readFile(app, head, name)).toEqual(Buffer.from('one\ntwo\n'));
    expect(await started.workspace.readFile(app, base, name)).toBeNull();
  });

  it('refuses to read a change or a file that would fill the memory', async () => {
    const base = remote.commit('app', 'main', { keep: 'x' });
    const head = remote.commit('app', 'main', { lines: '\n'.repeat(9_000_000) });
    await expect(started.workspace.addedLines(app, base, head)).rejects.toThrow(/too large to be judged/);
    await expect(started.workspace.readFile(app, head, 'lines')).rejects.toThrow(/too large to be judged/);
    expect(await started.workspace.changedFiles(app, base, head)).toMatchObject([{ additions: 9_000_000 }]);
  });

  it('tells every kind of change', async () => {
    const base = remote.commit('app', 'main', {
      modified: 'a\nb\nc\n',
      deleted: 'x\n',
      'old name\n': LONG,
      type: 'file',
      binary: 'a',
    });
    const head = remote.commit('app', 'main', {
      modified: 'a\nB\nc\n',
      deleted: null,
      'old name\n': null,
      'new name\t': `${LONG}\nmore`,
      type: { link: 'modified' },
      binary: 'a\0b',
    });
    expect(await started.workspace.changedFiles(app, base, head)).toEqual([
      { path: 'binary', status: 'modified', mode: '100644', additions: 0, deletions: 0, binary: true },
      { path: 'deleted', status: 'deleted', mode: '000000', additions: 0, deletions: 1, binary: false },
      { path: 'modified', status: 'modified', mode: '100644', additions: 1, deletions: 1, binary: false },
      {
        path: 'new name\t',
        from: 'old name\n',
        status: 'renamed',
        mode: '100644',
        additions: 2,
        deletions: 1,
        binary: false,
      },
      { path: 'type', status: 'type-changed', mode: '120000', additions: 1, deletions: 1, binary: false },
    ]);
    expect(await started.workspace.addedLines(app, base, head)).toEqual([
      { path: 'modified', line: 2, text: 'B' },
      { path: 'new name\t', line: 30, text: 'line 29' },
      { path: 'new name\t', line: 31, text: 'more' },
      { path: 'type', line: 1, text: 'modified' },
    ]);
  });

  it('does not take content for headers', async () => {
    const base = remote.commit('app', 'main', { a: '1\n-- a/x\n2\n' });
    const text = '++ b/fake\n@@ -1 +1 @@\n+++ b/fake\ndiff --git a/x b/x\n\\ No newline at end of file\n\n';
    const head = remote.commit('app', 'main', { a: text });
    const added = await started.workspace.addedLines(app, base, head);
    expect(added.map(({ path }) => path)).toEqual(Array(6).fill('a'));
    expect(added.map((line) => `${line.text}\n`).join('')).toBe(text);
    expect(added.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reads bytes as they are, and nothing but files', async () => {
    const head = remote.commit('app', 'main', { 'd/a': 'x', link: { link: 'd/a' }, empty: '' });
    expect(await started.workspace.readFile(app, head, 'd')).toBeNull();
    expect(await started.workspace.readFile(app, head, 'd/')).toBeNull();
    expect(await started.workspace.readFile(app, head, 'link')).toBeNull();
    expect(await started.workspace.readFile(app, head, '')).toBeNull();
    expect(await started.workspace.readFile(app, head, '../d/a')).toBeNull();
    expect(await started.workspace.readFile(app, head, 'empty')).toEqual(Buffer.alloc(0));
  });

  it('cuts a long diff between characters, and says so', async () => {
    const base = remote.commit('app', 'main', { a: 'x' });
    const head = remote.commit('app', 'main', { a: '漢'.repeat(5000) });
    const whole = await started.workspace.readDiff(app, base, head, { maxBytes: 1_000_000 });
    expect(whole).toMatch(/^diff --git a\/a b\/a\n/);
    for (const maxBytes of [1000, 1001, 1002]) {
      const cut = await started.workspace.readDiff(app, base, head, { maxBytes });
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxBytes);
      expect(cut).toMatch(/漢\n\[The diff was cut here: it is longer than 100\d bytes\.\]\n$/);
      expect(cut).not.toContain('\ufffd');
    }
  });

  it('shows only the files that are asked for, by their very names', async () => {
    const files = { 'a.sql': 'a\n', 'b.sql': 'b\n', ':(glob)*.sql': 'c\n', '*.sql': 'd\n' };
    const base = remote.commit('app', 'main', { 'old.sql': 'the same text\n' });
    const head = remote.commit('app', 'main', { ...files, 'old.sql': null, 'new.sql': 'the same text\n' });
    const paths = ['b.sql', ':(glob)*.sql', '*.sql'];
    const diff = await started.workspace.readDiff(app, base, head, { maxBytes: 10_000, paths });
    expect(diff.match(/^diff --git .*$/gm)).toEqual(
      ['*.sql', ':(glob)*.sql', 'b.sql'].map((path) => `diff --git a/${path} b/${path}`),
    );
    const moved = { maxBytes: 10_000, paths: ['new.sql', 'old.sql'] };
    expect(await started.workspace.readDiff(app, base, head, moved)).toContain('rename from old.sql');
  });

  it('does not let a replacement object change history', async () => {
    const base = remote.commit('app', 'main', { a: 'x' });
    const head = remote.commit('app', 'main', { a: 'evil' });
    await started.workspace.readBase(app);
    execFileSync('git', ['--git-dir', `${started.home}/mirrors/1.git`, 'replace', head, base]);
    expect(await started.workspace.changedFiles(app, base, head)).toHaveLength(1);
  });
});
