import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findGit } from '../../src/workspace/git/find-git.ts';
import { createGit } from '../../src/workspace/git/run-git.ts';
import { openProcessHome } from '../../src/workspace/process-home.ts';
import { createSpares, type Spares } from '../../src/workspace/spares/create-spares.ts';
import type { MirroredCommit } from '../../src/workspace/trees/ensure-files.ts';
import { type GitRemote, startGitRemote, toRepository } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace } from './support/start-workspace.ts';
import { type SpareWatch, watchSpares } from './support/watch-spares.ts';

const app = toRepository('app');

describe('src/workspace/spares/create-spares', () => {
  let remote: GitRemote;
  let watch: SpareWatch;
  let started: StartedWorkspace;
  let closing: AbortController;
  let spares: Spares;
  let wanted: MirroredCommit;

  beforeEach(async () => {
    remote = await startGitRemote();
    remote.create('app');
    const base = remote.commit('app', 'main', { 'a.txt': 'one\n' });
    watch = watchSpares();
    started = startWorkspace(remote);
    await started.workspace.readBase(app);
    closing = new AbortController();
    const { signal } = closing;
    const timeoutMs = 60_000;
    const git = createGit({ program: findGit(), directory: '/', environment: {}, timeoutMs, signal });
    const home = await openProcessHome(started.home);
    spares = createSpares({ git, home, log: watch.log }, signal);
    wanted = { repository: app, gitDir: join(started.home, 'mirrors', '1.git'), commit: base };
  });

  afterEach(async () => {
    closing.abort();
    await spares.close();
    await started.stop();
    await remote.close();
  });

  it('prepares nothing while somebody waits for a tree', async () => {
    const work = Promise.withResolvers<void>();
    const slow = spares.use(wanted, () => work.promise);
    await spares.use(wanted, () => Promise.resolve());
    await spares.close();
    expect(watch.ready()).toBe(0);
    work.resolve();
    await slow;
    await watch.until(wanted.commit);
  });

  it('gives what the work gives, and throws what it throws', async () => {
    expect(await spares.use(wanted, () => Promise.resolve(7))).toBe(7);
    await expect(spares.use(wanted, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  });

  it('is closed only when nothing is being prepared any more', async () => {
    await spares.use(wanted, () => Promise.resolve());
    closing.abort();
    await spares.close();
    expect(watch.givenUp()).toBe(1);
    spares.expect({ ...wanted, commit: '1'.repeat(40) });
    await spares.close();
    expect(watch.givenUp()).toBe(1);
    expect(watch.warnings).toEqual([]);
  });
});
