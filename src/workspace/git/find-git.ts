import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

const DIRECTORIES = ['/usr/bin', '/usr/local/bin', '/bin', '/opt/homebrew/bin'];

/**
 * The absolute path of git, found once at the start: a program of the same name in a repository is never run.
 * @throws Error when git is not installed.
 */
export function findGit(directories: readonly string[] = DIRECTORIES): string {
  for (const directory of directories) {
    const candidate = join(directory, 'git');
    if (isExecutable(candidate)) {
      return candidate;
    }
  }
  throw new Error(`git was not found in ${directories.join(', ')}. Install it: apt-get install -y git`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
