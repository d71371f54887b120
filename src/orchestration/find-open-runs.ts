import type { Intent } from '../domain/intent.ts';
import type { Run } from '../domain/run.ts';
import { atPage, toSubjectKey } from '../domain/subject.ts';
import type { Runs, UnreadableRun } from '../ports/runs.ts';

/**
 * The runs an intent can be about, those that come first in question first. On the page of a pull request that Baton
 * made for an issue there can be a run about the pull request itself besides those of the issue.
 */
export async function findOpenRuns(intent: Intent, runs: Runs): Promise<readonly Run[]> {
  const found = await Promise.all(subjectKeysOf(intent).map((key) => runs.open(key)));
  return found.flat();
}

/** Those among them that cannot be read. */
export async function findUnreadableRuns(intent: Intent, runs: Runs): Promise<readonly UnreadableRun[]> {
  const found = await Promise.all(subjectKeysOf(intent).map((key) => runs.unreadable(key)));
  return found.flat();
}

function subjectKeysOf({ subject, source }: Intent): readonly string[] {
  const own = toSubjectKey(subject);
  return source.kind === 'comment' && source.page !== undefined
    ? [toSubjectKey(atPage(subject, source.page)), own]
    : [own];
}
