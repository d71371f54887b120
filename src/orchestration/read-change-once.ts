import type { Evidence } from '../domain/evidence.ts';
import { presentLeg } from '../domain/legs-of.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Sha } from '../domain/sha.ts';
import type { Workspace } from '../ports/workspace.ts';

/** What gates read of a change. */
export type ChangeReading = Pick<Evidence, 'changedFiles' | 'addedLines' | 'paths' | 'readFile'>;

/** Bytes of files that are kept for further gates. A change can have more and larger files than fit into the memory. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Reads each thing once, however many gates ask for it: what is in a commit never changes. */
export function readChangeOnce(
  run: RunningRun,
  workspace: Pick<Workspace, 'changedFiles' | 'addedLines' | 'listPaths' | 'readFile'>,
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

  const sinceBase = once(() => workspace.changedFiles(repository, base, head));
  const sinceTask = once(() => workspace.changedFiles(repository, startOfTask(run), head));
  return {
    changedFiles: (since = 'base') => (since === 'base' ? sinceBase() : sinceTask()),
    paths: once(() => workspace.listPaths(repository, head)),
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

/** The commit from which the present task went out; the base of a run that does its issue as a whole. */
function startOfTask(run: RunningRun): Sha {
  const leg = presentLeg(run);
  return leg === null || leg.task === null ? run.base.sha : leg.head;
}

function once<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= read();
    return result;
  };
}
