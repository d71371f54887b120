import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/change.ts';
import { NoBaseError } from '../../src/ports/workspace.ts';
import { type GitRemote, startGitRemote, toRepository } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace } from './support/start-workspace.ts';

const app = toRepository('app');
const SUBJECT = { repository: app, number: 7 };

describe('src/workspace/remote/read-change', () => {
  let remote: GitRemote;
  let started: StartedWorkspace;
  let base: string;
  let head: string;

  beforeEach(async () => {
    remote = await startGitRemote();
    remote.create('app');
    base = remote.commit('app', 'main', { 'a.txt': 'one\n' });
    head = proposeOn(base, 7, { 'b.txt': 'two\n' });
    started = startWorkspace(remote);
  });

  afterEach(async () => {
    await started.stop();
    await remote.close();
  });

  /** The head of a pull request of a fork: only its own ref has the commit. */
  function proposeOn(commit: string, number: number, files: Record<string, string>): string {
    remote.git('app', 'update-ref', 'refs/heads/fork', commit);
    const sha = remote.commit('app', 'fork', files);
    remote.git('app', 'update-ref', `refs/pull/${number}/head`, sha);
    remote.git('app', 'update-ref', '-d', 'refs/heads/fork');
    return sha;
  }

  function read(changes: Partial<Change> = {}, number = 7) {
    const change = { headSha: head, baseRef: 'main', fork: true, ...changes };
    return started.workspace.readChange({ ...SUBJECT, number }, change);
  }

  it('tells where the change left its base, and where that is now', async () => {
    const tip = remote.commit('app', 'main', { 'a.txt': 'three\n' });
    expect(await read()).toEqual({ mergeBase: base, tip });
    expect(await started.workspace.changedFiles(app, base, head)).toMatchObject([{ path: 'b.txt' }]);
  });

  it('takes the branch that the pull request is for', async () => {
    const release = remote.commit('app', 'release', { 'r.txt': 'r\n' });
    head = proposeOn(release, 7, { 'c.txt': 'c\n' });
    expect(await read({ baseRef: 'release' })).toEqual({ mergeBase: release, tip: release });
  });

  it('asks nobody but the repository that it was opened in, with the token for it', async () => {
    await read();
    expect(remote.requests.length).toBeGreaterThan(0);
    for (const { path, authorization } of remote.requests) {
      expect(path).toMatch(/^\/acme\/app\.git\//);
      expect(authorization).toBeDefined();
    }
  });

  it('refuses a head that has moved, before it fetches anything', async () => {
    const moved = proposeOn(head, 7, { 'evil.txt': 'x\n' });
    await expect(read()).rejects.toThrow(
      new NoBaseError(
        `Pull request #7 is no longer at ${head}, which was to be reviewed, but at ${moved}. Ask for a review of what is there now.`,
      ),
    );
    expect(existsSync(join(started.home, 'mirrors', '1.git'))).toBe(false);
  });

  it('refuses a commit that another pull request has', async () => {
    const other = proposeOn(base, 8, { 'c.txt': 'c\n' });
    await expect(read({ headSha: other })).rejects.toThrow(NoBaseError);
    await expect(read({}, 9)).rejects.toThrow(/Pull request #9 is no longer at/);
  });

  it('refuses a base where agents write, and one that is gone', async () => {
    remote.git('app', 'update-ref', 'refs/heads/baton/7-x', base);
    await expect(read({ baseRef: 'baton/7-x' })).rejects.toThrow(/where agents write.*Change its base/s);
    await expect(read({ baseRef: 'gone' })).rejects.toThrow(/The branch gone .*does not exist any more/);
  });

  it('says that there is nothing to review, or nothing in common, and keeps its mirror', async () => {
    remote.git('app', 'update-ref', 'refs/heads/main', head);
    await expect(read()).rejects.toThrow(/main has all commits of pull request #7/);
    remote.git('app', 'update-ref', 'refs/heads/main', base);
    const alone = remote.git('app', 'commit-tree', '-m', 'alone', `${head}^{tree}`);
    remote.git('app', 'update-ref', 'refs/pull/7/head', alone);
    await expect(read({ headSha: alone })).rejects.toThrow(/no commit in common with main/);
    expect(started.logged.filter((line) => line.includes('damaged'))).toEqual([]);
  });
});
