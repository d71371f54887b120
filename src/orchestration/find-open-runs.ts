import type { Intent } from '../domain/intent.ts';
import type { Run } from '../domain/run.ts';
import { atPage, toSubjectKey } from '../domain/subject.ts';
import type { Runs } from '../ports/runs.ts';

/**
 * The runs an intent can be about, those that come first in question first. On the page of a pull request that Baton
 * made for an issue there can be a run about the pull request itself besides those of the issue.
 */
export async function findOpenRuns({ subject, source }: Intent, runs: Runs): Promise<readonly Run[]> {
  const own = await runs.open(toSubjectKey(subject));
  if (source.kind !== 'comment' || source.page === undefined) {
    return own;
  }
  return [...(await runs.open(toSubjectKey(atPage(subject, source.page)))), ...own];
}
