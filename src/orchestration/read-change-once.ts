import type { Evidence } from '../domain/evidence.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Workspace } from '../ports/workspace.ts';

/** What gates read of a change. */
export type ChangeReading = Pick<Evidence, 'changedFiles' | 'addedLines' | 'readFile'>;

/** Bytes of files that are kept for further gates. A change can have more and larger files than fit into the memory. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Reads each thing once, however many gates ask for it: what is in a commit never changes. */
export function readChangeOnce(
  run: RunningRun,
  workspace: Pick<Workspace, 'changedFiles' | 'addedLines' | 'readFile'>,
): ChangeReading {
  const { repository } = run.order.subject;
  const base = run.base.sha;
  const { head } = run;
  const files = new Map<string, ReturnType<Evidence['readFile']>>();
  let keptBytes = 0;

  function read(at: 'base' | 'head', path: string) {
    return workspace.readFile(repository, at === 'base' ? base : head, path);
  }

  async function keep(key: string, file: ReturnType<Evidence['readFile']>): Promise<void> {
    files.set(key, file);
    // A failed read is kept too: whoever asked gets the error.
    const bytes = (await file.catch(() => null))?.byteLength ?? 0;
    keptBytes += bytes;
    if (keptBytes > KEPT_BYTES) {
      keptBytes -= bytes;
      files.delete(key);
    }
  }

  return {
    changedFiles: once(() => workspace.changedFiles(repository, base, head)),
    addedLines: once(() => workspace.addedLines(repository, base, head)),
    readFile(at, path) {
      const key = `${at}:${path}`;
      const known = files.get(key);
      if (known !== undefined) {
        return known;
      }
      const file = read(at, path);
      void keep(key, file);
      return file;
    },
  };
}

function once<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= read();
    return result;
  };
}
