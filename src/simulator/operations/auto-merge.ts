import { GitHubError } from '../server/github-error.ts';
import type { NamedActor } from '../state/actor.ts';
import { listOpenPulls } from '../state/list-open-pulls.ts';
import type { Act } from './act.ts';
import { mergePull } from './merge-pull.ts';
import { findMissingRequirements } from './missing-requirements.ts';

/** Merges those pull requests of a commit which wait only for their requirements, now that one more was met. */
export async function runAutoMerge(act: Act, headSha: string): Promise<void> {
  const waiting = listOpenPulls(act.repository).filter(
    (issue) => issue.pull.headSha === headSha && issue.pull.autoMerge && !issue.pull.draft,
  );
  for (const issue of waiting) {
    const wish = issue.pull.autoMerge;
    if (!wish || findMissingRequirements(act.repository, issue).length > 0) {
      continue;
    }
    const actor: NamedActor = { kind: 'user', account: wish.enabledBy };
    try {
      await mergePull({ ...act, actor }, issue, {
        method: wish.method,
        sha: headSha,
        title: wish.commitTitle,
        message: wish.commitMessage,
      });
    } catch (error) {
      // A conflict leaves the pull request open and waiting, as on GitHub.
      if (!(error instanceof GitHubError)) {
        throw error;
      }
    }
  }
}
