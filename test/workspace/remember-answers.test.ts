import { describe, expect, it } from 'vitest';
import { rememberAnswers } from '../../src/workspace/git/remember-answers.ts';
import type { GitCall, GitOutput } from '../../src/workspace/git/run-git.ts';
import { startGitRemote, toRepository } from './support/git-remote.ts';
import { startWorkspace } from './support/start-workspace.ts';

const MEGABYTE = 1024 * 1024;

/** Says of each file as many bytes as `lengths` has for it, and fails for the rest. */
function createCountedGit(lengths: Readonly<Record<string, number>>) {
  const asked: string[] = [];
  async function git({ args }: GitCall): Promise<GitOutput> {
    const [, name = ''] = args;
    asked.push(name);
    const bytes = lengths[name];
    if (bytes === undefined) {
      return Promise.reject(new Error(`there is no ${name}`));
    }
    return Promise.resolve({ stdout: Buffer.alloc(bytes), cut: false, code: 0 });
  }
  return { asked, git };
}

function read(name: string, gitDir = '/mirrors/1.git'): GitCall {
  return { repository: 'acme/app', gitDir, args: ['cat-file', name] };
}

describe('src/workspace/git/remember-answers', () => {
  it('asks once, also when many ask at the same time', async () => {
    const { git, asked } = createCountedGit({ a: 10 });
    const remembering = rememberAnswers(git);
    const answers = await Promise.all([remembering(read('a')), remembering(read('a'))]);
    answers.push(await remembering(read('a')));
    expect(asked).toEqual(['a']);
    expect(new Set(answers).size).toBe(1);
  });

  it('keeps repositories apart', async () => {
    const { git, asked } = createCountedGit({ a: 10 });
    const remembering = rememberAnswers(git);
    await remembering(read('a'));
    await remembering(read('a', '/mirrors/2.git'));
    expect(asked).toEqual(['a', 'a']);
  });

  it('keeps no failure', async () => {
    const lengths: Record<string, number> = {};
    const { git, asked } = createCountedGit(lengths);
    const remembering = rememberAnswers(git);
    await expect(remembering(read('a'))).rejects.toThrow('there is no a');
    lengths['a'] = 10;
    expect((await remembering(read('a'))).stdout).toHaveLength(10);
    expect(asked).toEqual(['a', 'a']);
  });

  it('keeps what was asked for last, and nothing that is very long', async () => {
    const { git, asked } = createCountedGit({ a: 400, b: 400, c: 400, long: 2 * MEGABYTE });
    const remembering = rememberAnswers(git, 2500);
    for (const name of ['a', 'b', 'a', 'c']) {
      await remembering(read(name));
    }
    expect(asked).toEqual(['a', 'b', 'c']);
    await remembering(read('long'));
    await remembering(read('long'));
    await remembering(read('a'));
    await remembering(read('b'));
    expect(asked).toEqual(['a', 'b', 'c', 'long', 'long', 'b']);
  });

  it('reads a directory of a commit and each of its files once', async () => {
    const remote = await startGitRemote();
    remote.create('app');
    const commit = remote.commit('app', 'main', { 'src/a.js': '1', 'src/b.js': '2' });
    const started = startWorkspace(remote);
    const { workspace, logged } = started;
    const app = toRepository('app');
    for (const path of ['src/a.js', 'src/b.js', 'src/a.js', 'src/absent.js']) {
      const bytes = await workspace.readFile(app, commit, path);
      expect(bytes === null ? null : Buffer.from(bytes).toString()).toBe(
        { 'src/a.js': '1', 'src/b.js': '2' }[path] ?? null,
      );
      // What somebody does to it is not seen by the next.
      bytes?.fill(0);
    }
    expect(await workspace.listFiles(app, commit, 'src')).toEqual(['a.js', 'b.js']);
    const commands = logged.map((line) => /^git ended .*"command":"(ls-tree|cat-file)"/.exec(line)?.[1]);
    expect(commands.filter((command) => command === 'ls-tree')).toHaveLength(1);
    await started.stop();
    await remote.close();
  });
});
