import type { Evidence } from '../domain/evidence.ts';
import type { RunningRun } from '../domain/run.ts';
import type { Workspace } from '../ports/workspace.ts';

/** What gates read of a change. */
export type ChangeReading = Pick<Evidence, 'changedFiles' | 'addedLines' | 'readFile'>;

/** Reads each thing once, however many gates ask for it: what is in a commit never changes. */
export function readChangeOnce(
  run: RunningRun,
  workspace: Pick<Workspace, 'changedFiles' | 'addedLines' | 'readFile'>,
): ChangeReading {
  const { repository } = run.order.subject;
  const base = run.base.sha;
  const { head } = run;
  const files = new Map<string, ReturnType<Evidence['readFile']>>();
  return {
    changedFiles: once(() => workspace.changedFiles(repository, base, head)),
    addedLines: once(() => workspace.addedLines(repository, base, head)),
    readFile(at, path) {
      const key = `${at}:${path}`;
      const file = files.get(key) ?? workspace.readFile(repository, at === 'base' ? base : head, path);
      files.set(key, file);
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
