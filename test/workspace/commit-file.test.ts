import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sha } from '../../src/domain/sha.ts';
import { type GitRemote, startGitRemote, toRepository } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace, toSeal } from './support/start-workspace.ts';

const app = toRepository('app');

describe('src/workspace/trees/commit-file', () => {
  let remote: GitRemote;
  let started: StartedWorkspace;
  let base: Sha;

  beforeEach(async () => {
    remote = await startGitRemote();
    remote.create('app');
    base = remote.commit('app', 'main', { 'a.txt': 'one\n' });
    started = startWorkspace(remote);
  });

  afterEach(async () => {
    await started.stop();
    await remote.close();
  });

  async function textAt(commit: Sha, path: string): Promise<string | null> {
    const bytes = await started.workspace.readFile(app, commit, path);
    return bytes === null ? null : Buffer.from(bytes).toString();
  }

  function write(onto: Sha, text: string): Promise<Sha | null> {
    const file = { path: 'docs/feedback/A-1.md', text };
    return started.workspace.commitFile(onto, file, toSeal({ step: 'gates' }));
  }

  it('adds and changes one file, and makes no commit when nothing changes', async () => {
    const first = await write(base, 'red\n');
    expect(first).toMatch(/^[0-9a-f]{40}$/);
    // The same again, after a crash, is the same commit.
    expect(await write(base, 'red\n')).toBe(first);
    const second = await write(first ?? '', 'still red\n');
    expect(await textAt(second ?? '', 'docs/feedback/A-1.md')).toBe('still red\n');
    expect(await textAt(second ?? '', 'a.txt')).toBe('one\n');
    expect(await write(second ?? '', 'still red\n')).toBeNull();
    expect(await started.workspace.readTrailers(app, second ?? '')).toMatchObject({ 'Baton-Step': 'gates' });
  });

  it('puts the file in the place of a link that leads elsewhere', async () => {
    const tree = await started.workspace.openTree(app, base, 'link');
    symlinkSync('a.txt', join(tree.path, 'docs'));
    const sealed = await started.workspace.seal(tree, toSeal({ step: 'link' }));
    await tree.close();
    const written = await write(sealed.kind === 'sealed' ? sealed.commit : '', 'red\n');
    expect(await textAt(written ?? '', 'docs/feedback/A-1.md')).toBe('red\n');
    expect(await textAt(written ?? '', 'a.txt')).toBe('one\n');
  });
});
