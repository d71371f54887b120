import { lstat, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { Git } from '../git/run-git.ts';
import { REPOSITORY_ENVIRONMENT } from './repository-call.ts';

/** Below which directories repositories are worked on, and with which git. */
export interface Admission {
  readonly git: Git;
  readonly roots: readonly string[];
}

/**
 * The real path of a repository below the roots.
 * @throws TaskRefusal when it is elsewhere, by whatever way, or is no repository that git can be let into.
 */
export async function admitRepository({ git, roots }: Admission, given: string): Promise<string> {
  const directory = await realpath(given).catch(() => null);
  const allowed = await Promise.all(roots.map((root) => realpath(root).catch(() => null)));
  if (directory === null || !allowed.some((root) => root !== null && isInside(root, directory))) {
    // Whether it exists elsewhere is nobody's business.
    throw new TaskRefusal({
      what: 'the directory is not there, or not below a directory that the operator allows',
      where: given,
      remedy: `Allowed are: ${roots.join(', ')}. The operator can add others with BATON_MCP_ROOTS.`,
    });
  }
  await inspectRepository(directory);
  await inspectObjects(git, directory);
  return directory;
}

/** Whether `path` is `root` or lies below it. Both are real paths. */
function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith('../'));
}

/** Nothing of the repository may lie elsewhere: git would follow, and write there. */
async function inspectRepository(directory: string): Promise<void> {
  const gitDir = join(directory, '.git');
  for (const name of ['', 'objects', 'refs']) {
    if (!(await isDirectory(join(gitDir, name)))) {
      throw refuse(directory, 'it is not the main directory of a git repository');
    }
  }
  const worktrees = await lstat(join(gitDir, 'worktrees')).catch(() => null);
  const common = await lstat(join(gitDir, 'commondir')).catch(() => null);
  if (common !== null || worktrees?.isDirectory() === false) {
    throw refuse(directory, 'parts of its .git lie elsewhere');
  }
  const { uid } = await stat(gitDir);
  if (uid !== process.getuid?.()) {
    throw refuse(directory, 'it belongs to another user than the one that runs Baton');
  }
}

async function inspectObjects(git: Git, directory: string): Promise<void> {
  const { stdout, code } = await git({
    repository: directory,
    gitDir: join(directory, '.git'),
    environment: REPOSITORY_ENVIRONMENT,
    args: ['rev-parse', '--show-object-format', '--verify', '--end-of-options', 'HEAD^{commit}'],
    answers: [128],
  });
  const [format] = stdout.toString().split('\n');
  if (format !== 'sha1') {
    throw refuse(directory, 'its objects are not kept under SHA-1, or it cannot be read');
  }
  if (code !== 0) {
    throw refuse(directory, 'it has no commit yet');
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isDirectory() === true;
}

function refuse(directory: string, what: string): TaskRefusal {
  return new TaskRefusal({
    what,
    where: directory,
    remedy: 'Give the top directory of an ordinary clone of your own, with at least one commit.',
  });
}
