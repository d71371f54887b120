import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitRemote, startGitRemote, toRepository } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace } from './support/start-workspace.ts';

const app = toRepository('app');

describe('src/workspace/diff/list-files', () => {
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

  it('names the regular files directly in a directory of a commit, and nothing else', async () => {
    const before = remote.commit('app', 'main', { 'flows/b.yaml': 'b', 'flowers/c.yaml': 'c' });
    const after = remote.commit('app', 'main', {
      'flows/a.yaml': 'a',
      'flows/with space\nand line.yaml': 'x',
      'flows/deep/d.yaml': 'd',
      'flows/link.yaml': { link: 'b.yaml' },
      linked: { link: 'flows' },
    });
    const { workspace } = started;
    expect(await workspace.listFiles(app, before, 'flows')).toEqual(['b.yaml']);
    expect(await workspace.listFiles(app, after, 'flows')).toEqual([
      'a.yaml',
      'b.yaml',
      'with space\nand line.yaml',
    ]);
    expect(await workspace.listFiles(app, after, 'flows/deep')).toEqual(['d.yaml']);
  });

  it('finds regular files by their names, wherever they are', async () => {
    const commit = remote.commit('app', 'main', {
      'package.json': '{}',
      'a/b/package.json': '{}',
      'a/my-package.json': '{}',
      'packagexjson/x': '',
      'a/requirements-dev\n.txt': '',
      'requirements.txt': '',
      'linked/package.json': { link: '../package.json' },
    });
    const { workspace } = started;
    expect(await workspace.findFiles(app, commit, ['package.json'])).toEqual([
      'a/b/package.json',
      'package.json',
    ]);
    expect(await workspace.findFiles(app, commit, ['requirements**.txt', 'no.*'])).toEqual([
      'a/requirements-dev\n.txt',
      'requirements.txt',
    ]);
    expect(await workspace.findFiles(app, commit, [])).toEqual([]);
  });

  it.each(['none', 'linked', 'flows/b.yaml', 'fl*', '', '..', 'flows/', '--name-only'])(
    'finds nothing in %j, which is no directory',
    async (directory) => {
      const commit = remote.commit('app', 'main', { 'flows/b.yaml': 'b', linked: { link: 'flows' } });
      expect(await started.workspace.listFiles(app, commit, directory)).toEqual([]);
    },
  );
});
