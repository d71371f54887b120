import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tree } from '../../src/ports/workspace.ts';
import { type GitRemote, startGitRemote, toRepository, write } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace, toSeal } from './support/start-workspace.ts';

const app = toRepository('app');

describe('src/workspace/create-workspace', () => {
  let remote: GitRemote;
  let started: StartedWorkspace;
  let base: string;

  beforeEach(async () => {
    remote = await startGitRemote();
    remote.create('app');
    base = remote.commit('app', 'main', { 'a.txt': 'one\ntwo\n', 'src/b.ts': 'export {};\n' });
    started = startWorkspace(remote);
  });

  afterEach(async () => {
    await started.stop();
    await remote.close();
  });

  async function open(commit = base): Promise<Tree> {
    return started.workspace.openTree(app, commit, 'implement');
  }

  describe('readBase', () => {
    it('gives the default branch and its live commit', async () => {
      expect(await started.workspace.readBase(app)).toEqual({ ref: 'main', sha: base });
      const next = remote.commit('app', 'main', { 'a.txt': 'three\n' });
      expect(await started.workspace.readBase(app)).toEqual({ ref: 'main', sha: next });
    });

    it('follows a renamed default branch', async () => {
      await started.workspace.readBase(app);
      remote.git('app', 'branch', '-m', 'main', 'trunk');
      remote.git('app', 'symbolic-ref', 'HEAD', 'refs/heads/trunk');
      expect(await started.workspace.readBase(app)).toEqual({ ref: 'trunk', sha: base });
    });

    it('says that a repository is empty, and what to do', async () => {
      remote.create('empty');
      await expect(started.workspace.readBase(toRepository('empty', 2))).rejects.toThrow(
        /acme\/empty has no commit yet. Push a first commit/,
      );
    });

    it('says that the default branch does not exist', async () => {
      remote.git('app', 'symbolic-ref', 'HEAD', 'refs/heads/gone');
      await expect(started.workspace.readBase(app)).rejects.toThrow(
        /default branch of acme\/app does not exist/,
      );
    });

    it('says that the App may not read', async () => {
      remote.fail(403);
      await expect(started.workspace.readBase(app)).rejects.toThrow(
        /ls-remote for acme\/app failed.*Check that the App is installed/s,
      );
    });
  });

  describe('openTree', () => {
    it('writes exactly the files of the commit, without .git', async () => {
      const tree = await open();
      expect(readdirSync(tree.path).toSorted()).toEqual(['a.txt', 'src']);
      expect(readFileSync(join(tree.path, 'a.txt'), 'utf8')).toBe('one\ntwo\n');
      await tree.close();
      await tree.close();
      expect(existsSync(tree.path)).toBe(false);
    });

    it('fetches a commit that no branch has', async () => {
      const lost = remote.commit('app', 'temporary', { 'c.txt': 'c\n' });
      remote.git('app', 'update-ref', '-d', 'refs/heads/temporary');
      const tree = await open(lost);
      expect(existsSync(join(tree.path, 'c.txt'))).toBe(true);
    });

    it('refuses a commit that does not exist', async () => {
      await expect(open('1'.repeat(40))).rejects.toThrow(/acme\/app did not give commit 1111/);
    });

    it('ignores what the repository says about line ends, filters, encodings and keywords', async () => {
      const files = {
        '.gitattributes':
          '* text eol=crlf ident filter=evil working-tree-encoding=UTF-16\n*.ts export-ignore\n',
        'x.txt': '$Id$\nline\n',
        'w.bin': 'a\r\nb\n',
      };
      const commit = remote.commit('app', 'hostile', files);
      const tree = await open(commit);
      for (const [path, content] of Object.entries(files)) {
        expect(readFileSync(join(tree.path, path), 'utf8')).toBe(content);
      }
      expect(await started.workspace.seal(tree, toSeal())).toEqual({ kind: 'unchanged' });
    });

    it('serves many at once from a cold mirror with one clone', async () => {
      const trees = await Promise.all(Array.from({ length: 6 }, () => open()));
      expect(new Set(trees.map((tree) => tree.path)).size).toBe(6);
      expect(started.logged.filter((line) => line.startsWith('cloning'))).toHaveLength(1);
    });
  });

  describe('seal', () => {
    it('commits as the App, with the given date and trailers', async () => {
      const tree = await open();
      write(tree.path, 'new/c.txt', 'c\n');
      rmSync(join(tree.path, 'a.txt'));
      const sealed = await started.workspace.seal(tree, toSeal({ subject: 'Add c\n\nBaton-Run: forged' }));
      if (sealed.kind !== 'sealed') {
        throw new Error(JSON.stringify(sealed));
      }
      expect(await started.workspace.readTrailers(app, sealed.commit)).toEqual({
        'Baton-Run': 'run-1',
        'Baton-Step': 'implement',
        'Baton-Attempt': '1',
      });
      await started.workspace.push({
        repository: app,
        runId: 'run-1',
        branch: 'baton/1-x',
        commit: sealed.commit,
        expected: null,
      });
      expect(remote.git('app', 'log', '-1', '--format=%an|%ae|%cn|%aI|%cI|%P|%s', 'baton/1-x')).toBe(
        `baton[bot]|1+baton[bot]@users.noreply.github.com|baton[bot]|2030-01-02T03:04:05+00:00|2030-01-02T03:04:05+00:00|${base}|Add c  Baton-Run: forged`.replace(
          'c  B',
          'c B',
        ),
      );
      expect(await started.workspace.changedFiles(app, base, sealed.commit)).toEqual([
        { path: 'a.txt', status: 'deleted', mode: '000000', additions: 0, deletions: 2, binary: false },
        { path: 'new/c.txt', status: 'added', mode: '100644', additions: 1, deletions: 0, binary: false },
      ]);
    });

    it('notices a change of the same size with the old times', async () => {
      const tree = await open();
      execFileSync(
        'sh',
        ['-c', 'touch -r a.txt stamp; printf "eno\\ntwo\\n" > a.txt; touch -r stamp a.txt; rm stamp'],
        { cwd: tree.path },
      );
      expect((await started.workspace.seal(tree, toSeal())).kind).toBe('sealed');
    });

    it('keeps the executable bit and links inside the tree', async () => {
      const tree = await open();
      write(tree.path, 'run.sh', '#!/bin/sh\n');
      execFileSync('chmod', ['755', join(tree.path, 'run.sh')]);
      symlinkSync('../a.txt', join(tree.path, 'src', 'link'));
      const sealed = await started.workspace.seal(tree, toSeal());
      const commit = sealed.kind === 'sealed' ? sealed.commit : '';
      const modes = (await started.workspace.changedFiles(app, base, commit)).map(({ path, mode }) => [
        path,
        mode,
      ]);
      expect(modes).toEqual([
        ['run.sh', '100755'],
        ['src/link', '120000'],
      ]);
      expect(await started.workspace.readFile(app, commit, 'src/link')).toBeNull();
    });

    it('refuses a tree it did not open', async () => {
      const stranger = { path: started.home, commit: base, close: () => Promise.resolve() };
      await expect(async () => started.workspace.seal(stranger, toSeal())).rejects.toThrow(
        /not opened by this workspace/,
      );
    });
  });

  describe('push', () => {
    async function checkpoint(content: string, from = base): Promise<string> {
      const tree = await open(from);
      write(tree.path, 'a.txt', content);
      const sealed = await started.workspace.seal(tree, toSeal());
      await tree.close();
      if (sealed.kind !== 'sealed') {
        throw new Error(JSON.stringify(sealed));
      }
      return sealed.commit;
    }

    const request = { repository: app, runId: 'run-1', branch: 'baton/1-x' };

    it('creates, advances and rolls back the branch under a lease', async () => {
      const first = await checkpoint('1\n');
      expect(await started.workspace.remoteHead(app, 'baton/1-x')).toBeNull();
      expect(await started.workspace.push({ ...request, commit: first, expected: null })).toEqual({
        kind: 'pushed',
      });
      const second = await checkpoint('2\n', first);
      expect(await started.workspace.push({ ...request, commit: second, expected: first })).toEqual({
        kind: 'pushed',
      });
      expect(await started.workspace.push({ ...request, commit: first, expected: second })).toEqual({
        kind: 'pushed',
      });
      expect(await started.workspace.remoteHead(app, 'baton/1-x')).toBe(first);
    });

    it('tells where the branch points when somebody else moved it, and writes nothing', async () => {
      const mine = await checkpoint('mine\n');
      const theirs = remote.commit('app', 'baton/1-x', { 'z.txt': 'theirs\n' });
      expect(await started.workspace.push({ ...request, commit: mine, expected: null })).toEqual({
        kind: 'moved',
        to: theirs,
      });
      expect(await started.workspace.push({ ...request, commit: mine, expected: base })).toEqual({
        kind: 'moved',
        to: theirs,
      });
      expect(await started.workspace.remoteHead(app, 'baton/1-x')).toBe(theirs);
    });

    it('is done when the branch is there already', async () => {
      const mine = await checkpoint('mine\n');
      await started.workspace.push({ ...request, commit: mine, expected: null });
      expect(await started.workspace.push({ ...request, commit: mine, expected: null })).toEqual({
        kind: 'pushed',
      });
    });

    it('throws a refusal when the remote has a rule against it', async () => {
      const mine = await checkpoint('mine\n');
      const hook = join(remote.git('app', 'rev-parse', '--absolute-git-dir'), 'hooks', 'pre-receive');
      writeFileSync(hook, '#!/bin/sh\necho "push protection: secret found" >&2\nexit 1\n', { mode: 0o755 });
      await expect(
        started.workspace.push({ ...request, commit: mine, expected: null }),
      ).rejects.toMatchObject({
        name: 'RefusedError',
        message: expect.stringContaining('push protection: secret found'),
      });
    });

    it.each([
      'main',
      'baton',
      'baton/',
      'baton/a..b',
      'baton/-x',
      'baton/x.lock',
      'baton/x y',
      'baton/x\n',
      '--upload-pack=x',
      'baton/@{-1}',
      'baton/a/./b',
    ])('never writes the branch %j', async (branch) => {
      await expect(
        started.workspace.push({ ...request, branch, commit: base, expected: null }),
      ).rejects.toThrow(/only simple names under baton/);
      expect(started.sent).toEqual([]);
    });
  });
});
