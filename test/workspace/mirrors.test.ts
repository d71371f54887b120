import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tree } from '../../src/ports/workspace.ts';
import { type GitRemote, startGitRemote, toRepository, write } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace, toSeal } from './support/start-workspace.ts';

const app = toRepository('app');

describe('src/workspace/mirrors/create-mirrors', () => {
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

  function open(commit = base): Promise<Tree> {
    return started.workspace.openTree(app, commit, 'implement');
  }

  const damages: [string, (mirror: string) => void][] = [
    ['is gone', (mirror) => rmSync(mirror, { recursive: true })],
    ['has lost its packs', (mirror) => rmSync(join(mirror, 'objects', 'pack'), { recursive: true })],
    ['has lost its HEAD', (mirror) => rmSync(join(mirror, 'HEAD'))],
    ['has a broken configuration', (mirror) => writeFileSync(join(mirror, 'config'), '[broken')],
    ['has a cut pack', (mirror) => cutPack(join(mirror, 'objects', 'pack'))],
    ['has a stale lock', (mirror) => writeFileSync(join(mirror, 'refs', 'heads', 'main.lock'), '')],
    [
      'has a broken branch',
      (mirror) => {
        rmSync(join(mirror, 'packed-refs'), { force: true });
        mkdirSync(join(mirror, 'refs', 'heads'), { recursive: true });
        writeFileSync(join(mirror, 'refs', 'heads', 'main'), 'rubbish\n');
      },
    ],
  ];

  it.each(damages)('is healed when it %s', async (_, damage) => {
    await (await open()).close();
    damage(join(started.home, 'mirrors', '1.git'));
    const next = remote.commit('app', 'main', { 'a.txt': 'next\n' });
    await started.workspace.readBase(app);
    for (const commit of [base, next]) {
      const tree = await open(commit);
      expect(await started.workspace.seal(tree, toSeal())).toEqual({ kind: 'unchanged' });
    }
  });

  it('keeps a sealed commit through the healing', async () => {
    const tree = await open();
    write(tree.path, 'a.txt', 'mine\n');
    const sealed = await started.workspace.seal(tree, toSeal());
    const commit = sealed.kind === 'sealed' ? sealed.commit : '';
    rmSync(join(started.home, 'mirrors', '1.git', 'objects', 'pack'), { recursive: true });
    expect(await started.workspace.readBase(app)).toEqual({ ref: 'main', sha: base });
    expect(await started.workspace.changedFiles(app, base, commit)).toHaveLength(1);
  });

  it('is warm for the next process, and works for two at once', async () => {
    await open();
    const other = startWorkspace(remote, { home: started.home });
    const next = remote.commit('app', 'main', { 'a.txt': 'next\n' });
    const bases = await Promise.all([started.workspace.readBase(app), other.workspace.readBase(app)]);
    expect(bases.map(({ sha }) => sha)).toEqual([next, next]);
    expect(other.logged.filter((line) => line.startsWith('cloning'))).toEqual([]);
    await other.workspace.close();
  });

  it('is removed when nobody has used it for long, and made anew for whoever asks', async () => {
    const mirror = join(started.home, 'mirrors', '1.git');
    await (await open()).close();
    const hourMs = 60 * 60_000;
    expect(await started.workspace.removeMirrors(hourMs)).toBe(0);
    const long = new Date(Date.now() - 2 * hourMs);
    utimesSync(join(mirror, 'HEAD'), long, long);
    const other = startWorkspace(remote, { home: started.home });
    await (await other.workspace.openTree(app, base, 'review')).close();
    expect(await started.workspace.removeMirrors(hourMs)).toBe(0);
    utimesSync(join(mirror, 'HEAD'), long, long);
    expect(await started.workspace.removeMirrors(hourMs)).toBe(1);
    expect(existsSync(mirror)).toBe(false);
    await (await open()).close();
    await (await other.workspace.openTree(app, base, 'review')).close();
    await other.workspace.close();
  });

  it('removes the trees of a dead process, and only those', async () => {
    const mine = await open();
    const dead = join(started.home, 'processes', '999999999-dead');
    mkdirSync(join(dead, 'trees', 'x'), { recursive: true });
    writeFileSync(join(dead, 'owner.json'), '{"pid":999999999,"started":"1"}');
    const reused = join(started.home, 'processes', `${process.pid}-reused`);
    mkdirSync(reused);
    writeFileSync(join(reused, 'owner.json'), `{"pid":${process.pid},"started":"1"}`);
    const other = startWorkspace(remote, { home: started.home });
    await other.workspace.readBase(app);
    expect([existsSync(dead), existsSync(reused), existsSync(mine.path)]).toEqual([false, false, true]);
    await other.workspace.close();
    expect(existsSync(mine.path)).toBe(true);
  });
});

function cutPack(directory: string): void {
  for (const name of readdirSync(directory).filter((entry) => entry.endsWith('.pack'))) {
    const bytes = readFileSync(join(directory, name));
    rmSync(join(directory, name));
    writeFileSync(join(directory, name), bytes.subarray(0, 40));
  }
}
