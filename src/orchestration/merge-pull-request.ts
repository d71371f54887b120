import type { MergeMethod } from '../domain/merge-method.ts';
import type { RunningRun } from '../domain/run.ts';
import type { PullRequestMerging } from '../domain/step-kind.ts';
import type { CodeHost } from '../ports/code-host.ts';
import { RefusedError } from '../ports/effects.ts';

/** Merges what the run has proposed, at the commit that it is at. Throws when it is open whether that was done. */
export async function mergePullRequest(
  { order, head, attempt }: RunningRun,
  { number, method }: { readonly number: number; readonly method: MergeMethod },
  codeHost: Pick<CodeHost, 'mergePullRequest'>,
): Promise<PullRequestMerging> {
  try {
    const request = { number, method, head, attempt, runId: order.id };
    const { commit } = await codeHost.mergePullRequest(order.subject.repository, request);
    return { kind: 'merged', commit };
  } catch (error) {
    if (error instanceof RefusedError) {
      return { kind: 'refused', why: error.message };
    }
    throw error;
  }
}
