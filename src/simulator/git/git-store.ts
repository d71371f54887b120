import { type ObjectReader, openObjectReader } from './object-reader.ts';
import { type GitOptions, runGit } from './run-git.ts';

/** One bare repository, the only place where the simulator keeps git data. */
export type GitStore = {
  readonly directory: string;
  readonly objects: ObjectReader;
  run(args: readonly string[], options?: GitOptions): Promise<Buffer>;
  /** Runs one change of refs after another, so that each push can be told apart. */
  exclusively<T>(change: () => Promise<T>): Promise<T>;
};

/** Opens a bare repository that exists on disk. */
export function openGitStore(directory: string): GitStore {
  let last: Promise<unknown> = Promise.resolve();
  return {
    directory,
    objects: openObjectReader(directory),
    run: (args, options) => runGit(directory, args, options),
    exclusively(change) {
      const turn = last.then(change, change);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
