import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitRemote, startGitRemote, toRepository } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace } from './support/start-workspace.ts';

const app = toRepository('app');

describe('src/workspace/diff/read-text', () => {
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

  it('reads the text of a regular file as the commit has it, and says what anything else is', async () => {
    const before = remote.commit('app', 'main', { 'AGENTS.md': 'Use tabs.\n' });
    const after = remote.commit('app', 'main', {
      'AGENTS.md': 'Do as you like.\n',
      'docs/deep.md': 'x',
      'CLAUDE.md': { link: '/etc/passwd' },
      'long.md': 'x'.repeat(101),
    });
    const { workspace } = started;
    function read(commit: string, path: string) {
      return workspace.readText(app, commit, { path, maxBytes: 100 });
    }
    expect(await read(before, 'AGENTS.md')).toEqual({ kind: 'read', text: 'Use tabs.\n' });
    expect(await read(after, 'AGENTS.md')).toEqual({ kind: 'read', text: 'Do as you like.\n' });
    expect(await read(before, 'CLAUDE.md')).toEqual({ kind: 'absent' });
    expect(await read(after, 'docs')).toEqual({ kind: 'absent' });
    expect(await read(after, 'CLAUDE.md')).toEqual({ kind: 'refused', why: 'is a symbolic link' });
    expect(await read(after, 'long.md')).toEqual({
      kind: 'refused',
      why: 'has 101 bytes, more than 100',
    });
  });
});
