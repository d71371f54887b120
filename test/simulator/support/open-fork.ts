import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Playground, REPO } from './open-playground.ts';

/** A person's own fork of the shop, with a clone of it to commit in and push from. */
export async function openFork(play: Playground, login = 'mallory') {
  const client = play.as(login);
  const { data } = await client.rest.repos.createFork(REPO);
  const clone = join(play.directory, `clone-of-${login}`);
  const remote = play.remote(play.simulator.tokenOf(login), data.full_name);
  await play.git(['clone', '--quiet', remote, clone]);
  function git(...args: string[]): Promise<string> {
    return play.git(args, clone);
  }
  async function commit(path: string, content = `${path}\n`): Promise<string> {
    await writeFile(join(clone, path), content);
    await git('add', '-A');
    await git('commit', '--quiet', '-m', `feat: ${path}`);
    return git('rev-parse', 'HEAD');
  }
  return {
    client,
    data,
    git,
    commit,
    /** Starts a branch from main with one commit, and pushes it. */
    async pushBranch(branch: string): Promise<string> {
      await git('checkout', '--quiet', '-B', branch, 'origin/main');
      const sha = await commit(`${branch}.txt`);
      await git('push', '--quiet', 'origin', branch);
      return sha;
    },
    /** Opens a pull request into the shop from a branch that was pushed. */
    async openPull(branch: string, more: { draft?: boolean; body?: string } = {}) {
      const head = `${login}:${branch}`;
      const answer = await client.rest.pulls.create({
        ...REPO,
        title: `From ${head}`,
        head,
        base: 'main',
        ...more,
      });
      return answer.data;
    },
  };
}

export type Fork = Awaited<ReturnType<typeof openFork>>;
