import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitStore } from './git-store.ts';

/**
 * Unpacks a pack beside the repository and lets it be looked at there; afterwards it is gone.
 * @param look is given the environment in which git sees the objects of both
 * @throws GitFailed when the pack is broken
 */
export async function inQuarantine<Result>(
  git: GitStore,
  pack: Buffer,
  look: (environment: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const directory = join(git.directory, `quarantine-${randomUUID()}`);
  const environment = {
    GIT_OBJECT_DIRECTORY: directory,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(git.directory, 'objects'),
  };
  await mkdir(join(directory, 'pack'), { recursive: true });
  try {
    await git.run(['index-pack', '--stdin', '--fix-thin'], { environment, input: pack });
    return await look(environment);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
