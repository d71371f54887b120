import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { TaskPlace } from '../../ports/task-trees.ts';
import type { Git, GitCall, GitOutput } from '../git/run-git.ts';

/** Work in a repository of the operator never leaves this machine, not even for objects that are missing. */
export const REPOSITORY_ENVIRONMENT = { GIT_ALLOW_PROTOCOL: '' } as const;

/**
 * Runs git on the repository as it is configured, for references and worktrees alone: neither an index nor files are
 * touched, so that no filter, attribute or monitor of its configuration has a say.
 */
export function callRepository(
  git: Git,
  directory: string,
  call: Pick<GitCall, 'args' | 'input' | 'answers'>,
): Promise<GitOutput> {
  return git({
    repository: directory,
    gitDir: join(directory, '.git'),
    environment: REPOSITORY_ENVIRONMENT,
    ...call,
  });
}

/** The same, for what git says in one line. */
export async function askRepository(git: Git, directory: string, args: GitCall['args']): Promise<string> {
  const { stdout } = await callRepository(git, directory, { args });
  return stdout.toString().trim();
}

/**
 * @throws TaskRefusal when the files or what git keeps about them are reached by a link: what is behind it is not the
 * task's.
 */
export async function refuseLinks(place: TaskPlace): Promise<void> {
  for (const path of [toFiles(place), toGitDir(place)]) {
    if ((await realpath(path).catch(() => null)) !== path) {
      throw new TaskRefusal({
        what: 'it is gone, or lies elsewhere',
        where: path,
        remedy: 'If it is a worktree, call cleanup_worktrees with discard, and create_worktree.',
      });
    }
  }
}

/** Where git keeps the index and the state of a place. */
export function toGitDir({ directory, worktree }: TaskPlace): string {
  const own = join(directory, '.git');
  return worktree === null ? own : join(own, 'worktrees', basename(worktree.path));
}

/** The files of a place. */
export function toFiles({ directory, worktree }: TaskPlace): string {
  return worktree?.path ?? directory;
}
