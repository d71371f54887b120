import { findRefChanges, type RefChange } from '../git/ref-change.ts';
import { readMovableRefs } from '../git/refs.ts';
import { timestamp } from '../state/timestamp.ts';
import { emitRefChange } from '../webhooks/emit-ref-change.ts';
import type { Act } from './act.ts';
import { requestCheckSuite } from './check-suites.ts';
import { closeIssuesOfCommits } from './close-by-keyword.ts';
import { followPulls } from './follow-pulls.ts';

/**
 * Changes refs and tells the world: webhooks, pull requests, keywords in commits. Changes of one repository run one
 * after another, so that what moved belongs to who moved it.
 */
export function changeRefs<Result>(act: Act, change: () => Promise<Result>): Promise<Result> {
  return act.repository.git.exclusively(async () => {
    const result = await change();
    await announceRefs(act);
    return result;
  });
}

/** Compares the refs with those announced before and announces the differences. Returns them. */
export async function announceRefs(act: Act): Promise<RefChange[]> {
  const { repository } = act;
  const before = repository.announcedRefs;
  const after = await readMovableRefs(repository.git);
  repository.announcedRefs = after;
  const changes = findRefChanges(before, after);
  for (const change of changes) {
    repository.pushedAt = timestamp();
    repository.updatedAt = repository.pushedAt;
    await emitRefChange(act, change);
    if (change.ref.startsWith('refs/heads/')) {
      await followPulls(act, change);
      await closeIssuesOfCommits(act, change);
      await requestCheckSuite(act, change);
    }
  }
  return changes;
}
