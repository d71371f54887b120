import type { Repository } from '../../domain/subject.ts';
import type { MergedPullRequest, PullRequestMerge } from '../../ports/code-host.ts';
import type { Publishing } from './publishing.ts';

/**
 * Merges a pull request, if its head is still the commit that was meant. What others have merged meanwhile is taken for
 * it. Throws `RefusedError` when GitHub does not merge it, which the rules of the branch decide.
 */
export async function ensureMerged(
  { clientFor, effects }: Publishing,
  repository: Repository,
  { number, head, method, runId, attempt }: PullRequestMerge,
): Promise<MergedPullRequest> {
  const { rest } = clientFor(repository, 'merge');
  const pull = { owner: repository.owner, repo: repository.name, pull_number: number };

  async function findMerged(): Promise<MergedPullRequest | null> {
    const { data } = await rest.pulls.get(pull);
    const { merged, merge_commit_sha: commit } = data;
    return merged && data.head.sha === head && commit !== null ? { commit } : null;
  }

  return await effects.ensure<MergedPullRequest>({
    // What was refused can be allowed the next time.
    key: `${runId}/merged/${number}/${head}/${attempt}`,
    kind: 'merge',
    runId,
    lookUp: findMerged,
    async send() {
      const merged = await findMerged();
      if (merged !== null) {
        return merged;
      }
      const { data } = await rest.pulls.merge({ ...pull, sha: head, merge_method: method });
      return { commit: data.sha };
    },
  });
}
