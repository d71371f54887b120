import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sha } from '../../src/domain/sha.ts';
import type { Merged } from '../../src/ports/workspace.ts';
import { type GitRemote, startGitRemote, toRepository } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace, toSeal } from './support/start-workspace.ts';

const app = toRepository('app');

describe('src/workspace/merges', () => {
  let remote: GitRemote;
  let started: StartedWorkspace;
  let base: Sha;

  beforeEach(async () => {
    remote = await startGitRemote();
    remote.create('app');
    base = remote.commit('app', 'main', { 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n' });
    started = startWorkspace(remote);
  });

  afterEach(async () => {
    await started.stop();
    await remote.close();
  });

  /** A commit on top of the base in which a step has written this. */
  async function write(step: string, files: Readonly<Record<string, string>>): Promise<Sha> {
    const tree = await started.workspace.openTree(app, base, step);
    for (const [path, text] of Object.entries(files)) {
      writeFileSync(join(tree.path, path), text);
    }
    const sealed = await started.workspace.seal(tree, toSeal({ step }));
    await tree.close();
    if (sealed.kind !== 'sealed') {
      throw new Error(`nothing was sealed: ${sealed.kind}`);
    }
    return sealed.commit;
  }

  function merge(onto: Sha, commit: Sha): Promise<Merged> {
    return started.workspace.merge(onto, commit, toSeal({ step: 'merge', subject: 'Merge api' }));
  }

  async function textAt(commit: Sha, path: string): Promise<string | null> {
    const bytes = await started.workspace.readFile(app, commit, path);
    return bytes === null ? null : Buffer.from(bytes).toString();
  }

  it('joins what two have written, in a commit of both that the run knows again', async () => {
    const left = await write('api', { 'a.txt': 'ONE\ntwo\nthree\n', 'c.txt': 'c\n' });
    const right = await write('web', { 'a.txt': 'one\ntwo\nTHREE\n' });
    const first = await merge(left, right);
    expect(first).toEqual({ kind: 'merged', commit: expect.stringMatching(/^[0-9a-f]{40}$/) });
    // The same merge again, after a crash, is the same commit.
    expect(await merge(left, right)).toEqual(first);
    expect(await textAt(first.commit, 'a.txt')).toBe('ONE\ntwo\nTHREE\n');
    expect(await textAt(first.commit, 'c.txt')).toBe('c\n');
    expect(await started.workspace.readTrailers(app, first.commit)).toMatchObject({ 'Baton-Step': 'merge' });
    await started.workspace.push({
      repository: app,
      runId: 'run-1',
      branch: 'baton/1-x',
      commit: first.commit,
      expected: null,
    });
    expect(remote.git('app', 'log', '-1', '--format=%P %an', 'baton/1-x').trim()).toBe(
      `${left} ${right} baton[bot]`,
    );
  });

  it('gives both sides of what it cannot join, to be settled in a tree', async () => {
    const left = await write('api', { 'a.txt': 'api\ntwo\nthree\n' });
    const right = await write('web', { 'a.txt': 'web\ntwo\nthree\n', 'd.txt': 'd\n' });
    const merged = await merge(left, right);
    expect(merged).toMatchObject({ kind: 'conflict', conflicts: [{ path: 'a.txt' }] });
    if (merged.kind !== 'conflict') {
      return;
    }
    const [{ hunks }] = merged.conflicts;
    expect(hunks).toEqual([`<<<<<<< ${left}\napi\n=======\nweb\n>>>>>>> ${right}`]);
    const tree = await started.workspace.openTree(app, merged.commit, 'settle');
    expect(readFileSync(join(tree.path, 'a.txt'), 'utf8')).toContain('<<<<<<<');
    writeFileSync(join(tree.path, 'a.txt'), 'api and web\ntwo\nthree\n');
    const sealed = await started.workspace.seal(tree, toSeal({ step: 'merge', parents: [left, right] }));
    await tree.close();
    const commit = sealed.kind === 'sealed' ? sealed.commit : '';
    expect(await textAt(commit, 'd.txt')).toBe('d\n');
    await started.workspace.push({
      repository: app,
      runId: 'run-1',
      branch: 'baton/1-x',
      commit,
      expected: null,
    });
    expect(remote.git('app', 'log', '-1', '--format=%P', 'baton/1-x').trim()).toBe(`${left} ${right}`);
  });

  it('tells of a file that one side removed and the other changed', async () => {
    const left = await write('api', { 'b.txt': 'changed\n' });
    remote.git('app', 'update-ref', 'refs/heads/other', base);
    const right = remote.commit('app', 'other', { 'b.txt': null });
    expect(await merge(left, right)).toMatchObject({
      kind: 'conflict',
      conflicts: [{ path: 'b.txt', hunks: [] }],
    });
  });

  it('asks no merge driver of the repository', async () => {
    const left = await write('api', { 'a.txt': 'api\ntwo\nthree\n', '.gitattributes': '* merge=ours\n' });
    const right = await write('web', { 'a.txt': 'web\ntwo\nthree\n', '.gitattributes': '* merge=ours\n' });
    expect(await merge(left, right)).toMatchObject({ kind: 'conflict' });
  });

  it('removes the branches of one prefix and no other, and may do so again', async () => {
    const commit = await write('api', { 'a.txt': 'api\n' });
    for (const branch of ['baton/1-x', 'baton/1-x--api', 'baton/1-x--web', 'baton/10-x--api']) {
      await started.workspace.push({ repository: app, runId: 'run-1', branch, commit, expected: null });
    }
    const request = { repository: app, runId: 'run-1', prefix: 'baton/1-x--' };
    await started.workspace.removeBranches(request);
    await started.workspace.removeBranches(request);
    expect(
      remote.git('app', 'branch', '--list', '--format=%(refname:short)', 'baton/*').trim().split('\n'),
    ).toEqual(['baton/1-x', 'baton/10-x--api']);
    await expect(started.workspace.removeBranches({ ...request, prefix: 'main' })).rejects.toThrow(/Refused/);
  });
});
