import { randomUUID } from 'node:crypto';
import { copyFile, lstat, mkdir, mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { TaskPlace } from '../../ports/task-trees.ts';
import type { Git, GitCall, GitOutput } from '../git/run-git.ts';
import { removeDirectory } from '../remove-directory.ts';
import { REPOSITORY_ENVIRONMENT, refuseLinks, toFiles, toGitDir } from './repository-call.ts';

/** Git over the files and objects of a place, with a configuration and an index that nobody else has. */
export interface PrivateGit {
  call(call: Pick<GitCall, 'args' | 'input' | 'environment' | 'answers'>): Promise<GitOutput>;
  /** Makes the index the place's own, unless somebody has changed that meanwhile: then theirs stays. */
  install(): Promise<void>;
  close(): Promise<void>;
}

/** Files of patterns, not of programs; a larger one is nothing that a person wrote. */
const LONGEST_EXCLUDES = 1024 * 1024;

const TIMEOUT_MS = 5 * 60_000;

/**
 * Opens a git directory of our own that borrows the repository's objects. The repository's configuration names programs
 * (filters, monitors, hooks, drivers); here there is none, so whatever its attributes ask for, nothing is run.
 * @throws TaskRefusal when another git is at work in the place, or it lies elsewhere.
 */
export async function openPrivateGit(
  { git, home }: { readonly git: Git; readonly home: string },
  place: TaskPlace,
): Promise<PrivateGit> {
  await refuseLinks(place);
  const theirs = join(toGitDir(place), 'index');
  await refuseLocked(theirs);
  const own = await makeGitDir(home, join(place.directory, '.git/info/exclude'));
  const index = join(own, 'index');
  const before = await readIdentity(theirs);
  if (before !== null) {
    await copyIndex(theirs, index);
  }
  return {
    call: ({ environment, ...call }) =>
      git({
        repository: place.directory,
        gitDir: own,
        tree: { path: toFiles(place), index },
        environment: {
          ...REPOSITORY_ENVIRONMENT,
          GIT_OBJECT_DIRECTORY: join(place.directory, '.git/objects'),
          ...environment,
        },
        timeoutMs: TIMEOUT_MS,
        ...call,
      }),
    async install() {
      const draft = `${theirs}.baton-${randomUUID().slice(0, 8)}`;
      await copyIndex(index, draft);
      if ((await readIdentity(theirs)) === before && !(await exists(`${theirs}.lock`))) {
        await rename(draft, theirs);
      } else {
        await rm(draft, { force: true });
      }
    },
    close: () => removeDirectory(own),
  };
}

async function makeGitDir(home: string, excludes: string): Promise<string> {
  const own = await mkdtemp(join(home, 'task-'));
  await mkdir(join(own, 'refs'));
  await mkdir(join(own, 'objects'));
  await mkdir(join(own, 'info'));
  await writeFile(join(own, 'HEAD'), 'ref: refs/heads/none\n');
  await writeFile(join(own, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = false\n');
  const found = await lstat(excludes).catch(() => null);
  if (found?.isFile() === true && found.size <= LONGEST_EXCLUDES) {
    await copyFile(excludes, join(own, 'info/exclude'));
  }
  return own;
}

async function refuseLocked(index: string): Promise<void> {
  if (await exists(`${index}.lock`)) {
    throw new TaskRefusal({
      what: 'another git is at work there, or one that died has left its lock',
      where: `${index}.lock`,
      remedy: 'Repeat the call when it has ended; if no git is running, remove that file.',
    });
  }
}

/**
 * A copy that is not younger: of a file that is as old as its index, to the second, git does not trust that it is
 * unchanged. Beside a younger index a change within that second would never be seen.
 */
async function copyIndex(from: string, to: string): Promise<void> {
  const second = Math.floor((await stat(from)).mtimeMs / 1000);
  await copyFile(from, to);
  await utimes(to, second, second);
}

/** Tells one state of a file from another: git always replaces an index by a new file. */
async function readIdentity(file: string): Promise<string | null> {
  const found = await stat(file, { bigint: true }).catch(() => null);
  return found === null ? null : `${found.ino} ${found.size} ${found.mtimeNs}`;
}

async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null)) !== null;
}
