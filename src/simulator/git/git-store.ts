import { type ObjectReader, openObjectReader } from './object-reader.ts';
import { openTurns, type Turns } from './open-turns.ts';
import { type GitOptions, runGit } from './run-git.ts';

/** One bare repository, the only place where the simulator keeps git data. */
export type GitStore = {
  readonly directory: string;
  readonly objects: ObjectReader;
  run(args: readonly string[], options?: GitOptions): Promise<Buffer>;
  /**
   * Runs one change of refs after another, so that each push can be told apart. A repository and its forks share
   * their turns, because a push to one moves pull requests of the other.
   */
  readonly exclusively: Turns;
};

/** Opens a bare repository that exists on disk. */
export function openGitStore(directory: string, exclusively: Turns = openTurns()): GitStore {
  return {
    directory,
    objects: openObjectReader(directory),
    run: (args, options) => runGit(directory, args, options),
    exclusively,
  };
}
